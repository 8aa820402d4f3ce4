"""Finding visits by a few characters: names, words inside the narrative, pinyin initials, tails of phones and IDs.

store/index.py says what the two indexes hold. A word is looked for where it is quick to, and whatever the index cannot
prove is checked on the rows that come back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from qingyuan_desk.domain import pinyin
from qingyuan_desk.domain.text import LIMITS, clean_line
from qingyuan_desk.store.database import Row, Rows
from qingyuan_desk.store.index import TAIL, joined, pairs_of, phone_keys
from qingyuan_desk.store.numbers import NUMBERED, matters_with
from qingyuan_desk.store.sealed import VISIBLE

#: How many candidates of one source are looked at before the search gives up on finding more.
_MOST_CHECKED = 500
#: Of how many keys with the same beginning the newest visits are taken.
_MOST_BEGINNINGS = 2000
#: Up to so many visits a text filter of the ledger lists the matters; beyond, it asks the index for all of them.
_MOST_LISTED = 2000
#: A phone number (with its area code) or an ID number, which people type in groups.
_IN_GROUPS = re.compile("[0-9]{11,12}|[0-9]{17}[0-9x]", re.ASCII)
_NEWEST = 2**62


# --- finding -------------------------------------------------------------------------------------------------------


def find(rows: Rows, viewer: str, text: str, limit: int) -> list[Row]:
    """Newest visits that match every word of the text; at most `limit`. Sealed matters only for their readers."""
    words = words_of(text)
    hits: dict[int, Row] = {}
    for sources in _ways(words):
        for source in sources:
            _collect(rows, viewer, source, words, limit, hits)
        if hits:
            break
    return sorted(hits.values(), key=lambda row: -row["visit_id"])[:limit]


def by_number(rows: Rows, viewer: str, numbers: Sequence[str]) -> list[Row]:
    """The visits with these official numbers, void ones too, and the last visits of matters that carry one, or whose papers do."""
    if not numbers:
        return []
    marks = ",".join("?" * len(numbers))
    meant, params = matters_with(numbers, NUMBERED)
    ids = [
        row[0]
        for row in rows.all(
            f"SELECT id FROM visit WHERE number IN ({marks}) UNION"
            f" SELECT max(id) FROM visit WHERE matter_id IN ({meant}) GROUP BY matter_id",
            [*numbers, *params],
        )
    ]
    return rows.all(f"{_hits(len(ids))} ORDER BY v.id DESC", (viewer, *ids)) if ids else []


def condition(rows: Rows, text: str) -> tuple[str, list[Any]]:
    """What holds for a matter `m` with a visit that matches every word of the text, as SQL; "" for no words.

    Of words that stand in thousands of visits, those of three characters and more are held to stand there when all
    their pairs do.
    """
    words = words_of(text)
    if not words:
        return "", []
    listed = _listed(rows, words)
    if listed is not None:
        return (f"m.id IN ({','.join('?' * len(listed))})" if listed else "1 = 0"), listed
    sets = [_visits_with(word) for word in words]
    held = " AND ".join(f"v.id IN ({sql})" for sql, _ in sets)
    # The sign keeps the planner from fetching all those matters to sort them.
    return (
        f"+m.id IN (SELECT v.matter_id FROM visit v WHERE v.state <> 'void' AND {held})",
        [param for _, params in sets for param in params],
    )


def words_of(text: str) -> tuple[str, ...]:
    """The text as words: normalised, without signs that are in no token; a number typed in groups is one word."""
    kept = clean_line(text)[: LIMITS["search"]]
    words = "".join(character if character.isalnum() else " " for character in kept).split()
    words = [word for word in map(joined, words) if word]
    whole = "".join(words)
    return (whole,) if _IN_GROUPS.fullmatch(whole) else tuple(dict.fromkeys(words))


def _collect(
    rows: Rows, viewer: str, source: _Source, words: Sequence[str], limit: int, hits: dict[int, Row]
) -> None:
    """Add what a source brings to the hits, newest first, until there are enough."""
    open_words = [word for word in words if word not in source.proven]
    newest, size, checked = _NEWEST, limit, 0
    while len(hits) < limit and checked < _MOST_CHECKED:
        ids = source.ids(rows, newest, size)
        for row in _visible(rows, viewer, ids):
            if _matches(rows, row["visit_id"], row["narrative"], open_words):
                hits[row["visit_id"]] = row
        if len(ids) < size:
            break
        newest, checked, size = ids[-1], checked + len(ids), 200


def _listed(rows: Rows, words: Sequence[str]) -> list[Any] | None:
    """Every matter with a visit that matches; None when there are too many to list."""
    found: set[int] = set()
    for sources in _ways(words):
        for source in sources:
            ids = source.ids(rows, _NEWEST, _MOST_LISTED)
            if len(ids) == _MOST_LISTED:
                return None
            if not ids:
                continue
            open_words = [word for word in words if word not in source.proven]
            visits = rows.all(
                f"SELECT id, matter_id, narrative FROM visit WHERE id IN ({','.join('?' * len(ids))}) AND state <> 'void'",
                ids,
            )
            found |= {
                visit["matter_id"]
                for visit in visits
                if visit["matter_id"] not in found
                and _matches(rows, visit["id"], visit["narrative"], open_words)
            }
        if found:
            break
    return sorted(found)


def _visible(rows: Rows, viewer: str, ids: Sequence[int]) -> list[Row]:
    return rows.all(f"{_hits(len(ids))} AND v.state <> 'void'", (viewer, *ids)) if ids else []


def _hits(ids: int) -> str:
    """Visits as the list of hits shows them: takes the viewer's account and so many visit ids."""
    return f"""
SELECT v.id AS visit_id, v.number AS visit_number, v.state AS visit_state, v.matter_id, v.business_day, v.narrative,
       m.number AS matter_number, m.visitor, m.title, m.flow, m.node, m.sealed
FROM visit v JOIN matter m ON m.id = v.matter_id
WHERE {VISIBLE}
  AND v.id IN ({",".join("?" * ids)})"""


# --- which visits to look at ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Source:
    """A query for visit ids. proven: words that need not be looked for in the visits it brings."""

    sql: str
    params: tuple[str, ...]
    proven: frozenset[str]

    def ids(self, rows: Rows, below: int, size: int) -> list[int]:
        """The newest ones below an id."""
        sql = f"SELECT x.id FROM ({self.sql}) x WHERE x.id < ? ORDER BY x.id DESC LIMIT ?"
        return [row[0] for row in rows.all(sql, (*self.params, below, size))]

    def spelled(self, letters: str) -> _Source:
        """Those of its visits at which somebody's whole name is spelled so, in initials or in full."""
        return _Source(
            f"SELECT y.id FROM ({self.sql}) y"
            " WHERE EXISTS (SELECT 1 FROM lookup k WHERE k.kind = 'py' AND k.key = ? AND k.visit_id = y.id)",
            (*self.params, letters),
            self.proven | {letters},
        )


def _ways(words: Sequence[str]) -> list[list[_Source]]:
    """Where to look for visits with all these words: the next way is for when the ones before found nothing."""
    if not words:
        return []
    numbers = [word for word in words if _is_number(word)]
    letters = [word for word in words if _is_letters(word)]
    others = [word for word in words if word not in (*numbers, *letters)]
    if numbers:
        ways = _by_number(max(numbers, key=len))
    elif others:
        ways = [_narrowed_first([_in_text(others)], letters)]
    else:
        lead = max(letters, key=len)
        ways = [_narrowed_first(_by_letters(lead), [word for word in letters if word != lead])]
    # A year in a story, a foreign name.
    return [*ways, [_in_text(words)]] if numbers or letters else ways


def _narrowed_first(sources: list[_Source], letters: Sequence[str]) -> list[_Source]:
    """Visits with names spelled so, then those where a name only begins so."""
    if not letters:
        return sources
    narrowed = sources
    for word in letters:
        narrowed = [source.spelled(word) for source in narrowed]
    return [*narrowed, *sources]


def _in_text(words: Sequence[str]) -> _Source:
    expression = " AND ".join(f"({_expression(word)})" for word in words)
    proven = frozenset(word for word in words if len(word) <= 2)
    return _Source("SELECT rowid AS id FROM search WHERE search MATCH ?", (expression,), proven)


def _by_number(word: str) -> list[list[_Source]]:
    number = word.upper()
    if len(number) == TAIL:
        return [[_with_key(kind, number, word) for kind in ("pt", "it")]]
    ways = [[_beginning(kind, number, word) for kind in ("ph", "id")]]
    if len(number) > TAIL:
        ways.append([_ending("pt", "phone", number), _ending("it", "id_number", number)])
    return ways


def _by_letters(word: str) -> list[_Source]:
    return [_with_key("py", word, word)] + ([_beginning("py", word, word)] if len(word) > 1 else [])


def _with_key(kind: str, key: str, word: str) -> _Source:
    return _Source(
        "SELECT visit_id AS id FROM lookup WHERE kind = ? AND key = ?", (kind, key), frozenset({word})
    )


def _beginning(kind: str, beginning: str, word: str) -> _Source:
    return _Source(
        f"SELECT visit_id AS id FROM lookup WHERE kind = ? AND key >= ? AND key < ? LIMIT {_MOST_BEGINNINGS}",
        (kind, beginning, _after(beginning)),
        frozenset({word}),
    )


def _ending(kind: str, column: str, number: str) -> _Source:
    """A longer tail: its last four lead to the visits, the number as it was written decides."""
    return _Source(
        "SELECT DISTINCT l.visit_id AS id FROM lookup l JOIN party p ON p.visit_id = l.visit_id"
        f" WHERE l.kind = ? AND l.key = ? AND p.{column} LIKE ?",
        (kind, number[-TAIL:], f"%{number}%"),
        frozenset(),
    )


def _visits_with(word: str) -> tuple[str, list[str]]:
    """All visits with a word that many have, as SQL."""
    sql, params = "SELECT rowid FROM search WHERE search MATCH ?", [_expression(word)]
    kinds: tuple[str, ...] = ("py",) if _is_letters(word) else ()
    if _is_number(word):
        kinds = ("pt", "it") if len(word) == TAIL else ("ph", "id")
    for kind in kinds:
        key = word if kind == "py" else word.upper()
        sql += " UNION SELECT visit_id FROM lookup WHERE kind = ? AND key >= ? AND key < ?"
        params += [kind, key, _after(key)]
    return sql, params


def _after(beginning: str) -> str:
    """The first key behind all that begin so; keys are ASCII."""
    return beginning + "\x7f"


# --- whether a visit matches ---------------------------------------------------------------------------------------


def _matches(rows: Rows, visit_id: int, narrative: str, words: Sequence[str]) -> bool:
    """Pairs may come from different places, tails from different numbers: every word must really stand there."""
    if not words:
        return True
    said = joined(narrative)
    missing = [word for word in words if word not in said]
    if not missing:
        return True
    people = parties(rows, visit_id)
    return all(any(found_in(person, word) for person in people) for word in missing)


def parties(rows: Rows, visit_id: int) -> list[Row]:
    """Everybody named at a visit, visitors first."""
    return rows.all("SELECT * FROM party WHERE visit_id = ? ORDER BY side DESC, position", (visit_id,))


def found_in(party: Row, word: str) -> str:
    """By what of a party a word finds it: name, pinyin, phone, id, or address; "" when it does not."""
    if word in _short(party["name"]):
        return "name"
    if _is_letters(word) and any(_begins(key, word) for key in _spellings(party["name"])):
        return "pinyin"
    if _is_number(word):
        number = word.upper()
        phones = (key for phone in party["phone"].split("/") for key in phone_keys(phone))
        if any(_begins_or_ends(key, number) for key in phones):
            return "phone"
        if _begins_or_ends(party["id_number"], number):
            return "id"
    return "address" if word in _short(party["address"]) else ""


def place_of(word: str, text: str) -> tuple[int, int]:
    """From where to where a normalised word stands in a text as it was written; (0, 0) when it does not."""
    start = text.find(word)
    if start >= 0:
        return start, start + len(word)
    start = joined(text).find(word)
    places = [place for place, character in enumerate(text) for _ in joined(character)]
    if start < 0 or start + len(word) > len(places):
        return 0, 0
    return places[start], places[start + len(word) - 1] + 1


# The same names and addresses come again and again.
_short = lru_cache(maxsize=4096)(joined)


@lru_cache(maxsize=4096)
def _spellings(name: str) -> tuple[str, ...]:
    return tuple(pinyin.index_text(name).split())


def _begins(key: str, letters: str) -> bool:
    return key == letters or (len(letters) > 1 and key.startswith(letters))


def _begins_or_ends(number: str, part: str) -> bool:
    return number.startswith(part) or number.endswith(part)


def _is_letters(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _is_number(word: str) -> bool:
    """A phone, an ID or passport number, or a part of one."""
    return word.isascii() and any(character.isdigit() for character in word)


def _expression(word: str) -> str:
    """A word in a name, the narrative, or an address, as an FTS5 expression."""
    pairs = list(dict.fromkeys(pairs_of(word)))
    if not pairs:
        return f'"n{word}"'
    return " OR ".join("(" + " AND ".join(f'"{field}{pair}"' for pair in pairs) + ")" for field in "nma")
