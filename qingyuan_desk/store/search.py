"""Finding visits by a few characters: names, words inside the narrative, pinyin initials, tails of phones and IDs.

Two indexes. `search` (FTS5, contentless, no positions) holds every pair of neighbouring characters of names (`n`),
narratives (`m`) and addresses (`a`), each pair behind its field's letter, and every single character of names; a longer
word is the AND of its pairs, checked on the rows that come back. `lookup` holds exact keys: `py` pinyin, `ph` phone,
`pt` its last four, `id` ID number, `it` its last four.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from qingyuan_desk.domain import pinyin
from qingyuan_desk.domain.text import LIMITS, clean_line, search_key
from qingyuan_desk.store.database import Row, Rows, Tx

#: How many candidates are looked at before the search gives up on finding more.
_MOST_CHECKED = 1000
#: Of how many keys with the same beginning the newest visits are taken. Up to so many visits a text filter of the
#: ledger lists them; beyond, it asks matter by matter.
_MOST_LISTED = 2000
_TAIL = 4
_NEWEST = 2**62

#: A query that gives visit ids, newest first, and its parameters: below which id, and how many, come behind them.
_Source = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Spoken:
    """What of a visit can be searched."""

    names: tuple[str, ...]
    narrative: str
    addresses: tuple[str, ...]
    phones: tuple[str, ...]
    id_numbers: tuple[str, ...]


# --- keeping the indexes -------------------------------------------------------------------------------------------


def index(tx: Tx, visit_id: int, spoken: Spoken) -> None:
    """Make a visit findable."""
    tx.run("INSERT INTO search (rowid, tokens) VALUES (?, ?)", (visit_id, " ".join(tokens(spoken))))
    keys = sorted(set(lookup_keys(spoken)))
    tx.connection.executemany(
        "INSERT INTO lookup (kind, key, visit_id) VALUES (?, ?, ?)",
        [(kind, key, visit_id) for kind, key in keys],
    )


def tokens(spoken: Spoken) -> list[str]:
    """The words of the `search` index for one visit."""
    found: dict[str, None] = {}
    for name in spoken.names:
        characters = joined(name)
        found.update(dict.fromkeys(f"n{character}" for character in characters))
        found.update(dict.fromkeys(f"n{pair}" for pair in _pairs(characters)))
    found.update(dict.fromkeys(f"m{pair}" for pair in _pairs(joined(spoken.narrative))))
    for address in spoken.addresses:
        found.update(dict.fromkeys(f"a{pair}" for pair in _pairs(joined(address))))
    return list(found)


def lookup_keys(spoken: Spoken) -> Iterable[tuple[str, str]]:
    """The exact keys of one visit."""
    for name in spoken.names:
        yield from (("py", key) for key in pinyin.index_text(name).split())
    for phone in spoken.phones:
        for key in phone_keys(phone):
            yield "ph", key
            yield "pt", key[-_TAIL:]
    for number in spoken.id_numbers:
        yield "id", number
        yield "it", number[-_TAIL:]


def phone_keys(number: str) -> tuple[str, ...]:
    """A number as it is dialled, without its extension; a landline also without its area code."""
    parts = number.split("-")
    if len(parts) > 1 and parts[0].startswith("0"):
        return (parts[0] + parts[1], parts[1])
    return (parts[0].lstrip("+"),)


# --- finding -------------------------------------------------------------------------------------------------------


def find(rows: Rows, viewer: str, text: str, limit: int) -> list[Row]:
    """Newest visits that match every word of the text; at most `limit`. Sealed matters only for their readers."""
    words = words_of(text)
    hits: dict[int, Row] = {}
    for ids in _candidates(rows, words, limit):
        for row in _visible(rows, viewer, [visit_id for visit_id in ids if visit_id not in hits]):
            if _matches(rows, row["visit_id"], row["narrative"], words):
                hits[row["visit_id"]] = row
        if len(hits) >= limit:
            break
    return sorted(hits.values(), key=lambda row: -row["visit_id"])[:limit]


def by_number(rows: Rows, viewer: str, numbers: Sequence[str]) -> list[Row]:
    """The visits with these official numbers, void ones too, and the last visits of matters that carry one."""
    marks = ",".join("?" * len(numbers))
    ids = [
        row[0]
        for row in rows.all(
            f"SELECT id FROM visit WHERE number IN ({marks}) UNION"
            f" SELECT max(v.id) FROM matter m JOIN visit v ON v.matter_id = m.id WHERE m.number IN ({marks}) GROUP BY m.id",
            (*numbers, *numbers),
        )
    ]
    return rows.all(f"{_hits(len(ids))} ORDER BY v.id DESC", (viewer, *ids)) if ids else []


def words_of(text: str) -> tuple[str, ...]:
    """The text as words: normalised, without signs that are in no token; a number typed in groups is one word."""
    kept = clean_line(text)[: LIMITS["search"]]
    words = "".join(character if character.isalnum() else " " for character in kept).split()
    words = [word for word in map(joined, words) if word]
    whole = "".join(words)
    if len(whole) > _TAIL and whole.isascii() and whole[:-1].isdigit():
        return (whole,)
    return tuple(dict.fromkeys(words))


def condition(rows: Rows, text: str) -> tuple[str, list[Any]]:
    """What holds for a matter `m` with a visit that matches every word of the text, as SQL; "" for no words."""
    words = words_of(text)
    if not words:
        return "", []
    listed = _listed(rows, words)
    if listed is not None:
        return (f"m.id IN ({','.join('?' * len(listed))})" if listed else "1 = 0"), listed
    parts = [_word_condition(word) for word in words]
    held = " AND ".join(part for part, _ in parts)
    return (
        f"EXISTS (SELECT 1 FROM visit v WHERE v.matter_id = m.id AND v.state <> 'void' AND {held})",
        [param for _, params in parts for param in params],
    )


def joined(text: str) -> str:
    """Text as the index sees it: normalised, letters and digits only."""
    return "".join(character for character in search_key(text) if character.isalnum())


# --- which visits to look at ---------------------------------------------------------------------------------------


def _candidates(rows: Rows, words: Sequence[str], first: int) -> Iterator[list[int]]:
    """Ids of visits that may match, in portions, those of one source newest first."""
    for sql, params in _sources(words):
        newest, size, checked = _NEWEST, first, 0
        while checked < _MOST_CHECKED:
            ids = [row[0] for row in rows.all(sql, (*params, newest, size))]
            if ids:
                yield ids
            if len(ids) < size:
                break
            newest, checked, size = ids[-1], checked + len(ids), 200


def _sources(words: Sequence[str]) -> list[_Source]:
    """Where to look for visits with all these words, the narrowest first."""
    if not words:
        return []
    numbers = [word for word in words if _is_number(word)]
    letters = [word for word in words if _is_letters(word)]
    others = [word for word in words if not _is_letters(word) and not _is_number(word)]
    sources: list[_Source] = []
    if numbers:
        sources += _number_sources(max(numbers, key=len))
    elif others:
        sources.append(_in_text(others))
    else:
        sources += _pinyin_sources(max(letters, key=len))
    everything = _in_text(words)
    return sources if everything in sources else [*sources, everything]


def _in_text(words: Sequence[str]) -> _Source:
    expression = " AND ".join(f"({_expression(word)})" for word in words)
    return (
        "SELECT rowid FROM search WHERE search MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
        (expression,),
    )


def _number_sources(word: str) -> list[_Source]:
    number = word.upper()
    if len(number) == _TAIL:
        return [_with_key("pt", number), _with_key("it", number)]
    beginnings = [_beginning("ph", number), _beginning("id", number)]
    if len(number) < _TAIL:
        return beginnings
    return [*beginnings, _with_key("pt", number[-_TAIL:]), _with_key("it", number[-_TAIL:])]


def _pinyin_sources(word: str) -> list[_Source]:
    return [_with_key("py", word)] + ([_beginning("py", word)] if len(word) > 1 else [])


def _with_key(kind: str, key: str) -> _Source:
    return (
        "SELECT visit_id FROM lookup WHERE kind = ? AND key = ? AND visit_id < ? ORDER BY visit_id DESC LIMIT ?",
        (kind, key),
    )


def _beginning(kind: str, beginning: str) -> _Source:
    return (
        "SELECT visit_id FROM (SELECT visit_id FROM lookup WHERE kind = ? AND key >= ? AND key < ?"
        f" LIMIT {_MOST_LISTED}) t WHERE visit_id < ? ORDER BY visit_id DESC LIMIT ?",
        (kind, beginning, _after(beginning)),
    )


def _after(beginning: str) -> str:
    """The first key behind all that begin so; keys are ASCII."""
    return beginning + "\x7f"


def _visible(rows: Rows, viewer: str, ids: Sequence[int]) -> list[Row]:
    return rows.all(f"{_hits(len(ids))} AND v.state <> 'void'", (viewer, *ids)) if ids else []


def _hits(ids: int) -> str:
    """Visits as the list of hits shows them: takes the viewer's account and so many visit ids."""
    return f"""
SELECT v.id AS visit_id, v.number AS visit_number, v.state AS visit_state, v.matter_id, v.business_day, v.narrative,
       m.number AS matter_number, m.visitor, m.title, m.flow, m.node, m.sealed
FROM visit v JOIN matter m ON m.id = v.matter_id
WHERE (m.sealed = 0 OR EXISTS (SELECT 1 FROM sealed_reader r WHERE r.matter_id = m.id AND r.account = ?))
  AND v.id IN ({",".join("?" * ids)})"""


# --- whether a visit matches ---------------------------------------------------------------------------------------


def _matches(rows: Rows, visit_id: int, narrative: str, words: Sequence[str]) -> bool:
    """Pairs may come from different places, tails from different numbers: every word must really stand there."""
    said = joined(narrative)
    missing = [word for word in words if word not in said]
    if not missing:
        return True
    people = parties(rows, visit_id)
    return all(any(found_in(party, word) for party in people) for word in missing)


def parties(rows: Rows, visit_id: int) -> list[Row]:
    """Everybody named at a visit, visitors first."""
    return rows.all("SELECT * FROM party WHERE visit_id = ? ORDER BY side DESC, position", (visit_id,))


def found_in(party: Row, word: str) -> str:
    """By what of a party a word finds it: name, pinyin, phone, id, or address; "" when it does not."""
    if word in joined(party["name"]):
        return "name"
    if _is_letters(word) and _spells(word, party["name"]):
        return "pinyin"
    if _is_number(word):
        number = word.upper()
        if any(
            _begins_or_ends(key, number) for phone in party["phone"].split("/") for key in phone_keys(phone)
        ):
            return "phone"
        if _begins_or_ends(party["id_number"], number):
            return "id"
    return "address" if word in joined(party["address"]) else ""


def place_of(word: str, text: str) -> tuple[int, int]:
    """From where to where a normalised word stands in a text as it was written; (0, 0) when it does not."""
    start = text.find(word)
    if start >= 0:
        return start, start + len(word)
    places = [place for place, character in enumerate(text) for _ in joined(character)]
    start = joined(text).find(word)
    if start < 0 or start + len(word) > len(places):
        return 0, 0
    return places[start], places[start + len(word) - 1] + 1


def _spells(letters: str, name: str) -> bool:
    keys = pinyin.index_text(name).split()
    return letters in keys or (len(letters) > 1 and any(key.startswith(letters) for key in keys))


def _begins_or_ends(number: str, part: str) -> bool:
    return number.startswith(part) or number.endswith(part)


def _listed(rows: Rows, words: Sequence[str]) -> list[Any] | None:
    """Every matter with a visit that matches; None when there are too many to list."""
    found: set[int] = set()
    for sql, params in _sources(words):
        ids = [row[0] for row in rows.all(sql, (*params, _NEWEST, _MOST_LISTED))]
        if len(ids) == _MOST_LISTED:
            return None
        marks = ",".join("?" * len(ids))
        visits = rows.all(
            f"SELECT id, matter_id, narrative FROM visit WHERE id IN ({marks}) AND state <> 'void'", ids
        )
        found |= {
            visit["matter_id"]
            for visit in visits
            if visit["matter_id"] not in found and _matches(rows, visit["id"], visit["narrative"], words)
        }
    return sorted(found)


def _word_condition(word: str) -> tuple[str, list[Any]]:
    """A word many visits have, asked of one visit `v`."""
    held = ["EXISTS (SELECT 1 FROM search s WHERE s.search MATCH ? AND s.rowid = v.id)"]
    params: list[Any] = [_expression(word)]
    for kind, low, high in _ranges(word):
        held.append("v.id IN (SELECT visit_id FROM lookup WHERE kind = ? AND key >= ? AND key < ?)")
        params += [kind, low, high]
    return f"({' OR '.join(held)})", params


def _ranges(word: str) -> list[tuple[str, str, str]]:
    if _is_letters(word):
        return [("py", word, _after(word))]
    if not _is_number(word):
        return []
    number = word.upper()
    kinds = ("pt", "it") if len(number) == _TAIL else ("ph", "id")
    return [(kind, number, _after(number)) for kind in kinds]


def _is_letters(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _is_number(word: str) -> bool:
    """A phone, an ID or passport number, or a part of one."""
    return word.isascii() and any(character.isdigit() for character in word)


def _expression(word: str) -> str:
    """A word in a name, the narrative, or an address, as an FTS5 expression."""
    pairs = list(dict.fromkeys(_pairs(word)))
    if not pairs:
        return f'"n{word}"'
    return " OR ".join("(" + " AND ".join(f'"{field}{pair}"' for pair in pairs) + ")" for field in "nma")


def _pairs(characters: str) -> list[str]:
    return [first + second for first, second in itertools.pairwise(characters)]
