"""Finding visits by a few characters: names, words inside the narrative, pinyin initials, tails of phones and IDs.

Two indexes. `search` (FTS5, contentless, no positions) holds every pair of neighbouring characters of names (`n`),
narratives (`m`) and addresses (`a`), each pair behind its field's letter, and every single character of names; a longer
word is the AND of its pairs, checked on the rows that come back. `lookup` holds exact keys: `py` pinyin, `ph` phone,
`pt` its last four, `id` ID number, `it` its last four.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qingyuan_desk.domain import pinyin
from qingyuan_desk.domain.text import search_key
from qingyuan_desk.store.database import Row, Rows, Tx

#: How many candidates of a long word are checked before the search gives up on finding more.
_MOST_CHECKED = 2000
_TAIL = 4


@dataclass(frozen=True)
class Spoken:
    """What of a visit can be searched."""

    names: tuple[str, ...]
    narrative: str
    addresses: tuple[str, ...]
    phones: tuple[str, ...]
    id_numbers: tuple[str, ...]


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
        characters = _characters(name)
        found.update(dict.fromkeys(f"n{character}" for character in characters))
        found.update(dict.fromkeys(f"n{pair}" for pair in _pairs(characters)))
    found.update(dict.fromkeys(f"m{pair}" for pair in _pairs(_characters(spoken.narrative))))
    for address in spoken.addresses:
        found.update(dict.fromkeys(f"a{pair}" for pair in _pairs(_characters(address))))
    return list(found)


def lookup_keys(spoken: Spoken) -> Iterable[tuple[str, str]]:
    """The exact keys of one visit."""
    for name in spoken.names:
        yield from (("py", key) for key in pinyin.index_text(name).split())
    for phone in spoken.phones:
        yield "ph", phone
        yield "pt", phone[-_TAIL:]
    for number in spoken.id_numbers:
        yield "id", number
        yield "it", number[-_TAIL:]


def find(rows: Rows, viewer: str, text: str, limit: int) -> list[Row]:
    """Newest visits that match every word of the text; at most `limit`. Sealed matters only for their readers."""
    words = search_key_words(text)
    if not words:
        return []
    if len(words) == 1 and words[0].isascii():
        return _by_key(rows, viewer, words[0], limit)
    return _by_words(rows, viewer, words, limit)


def search_key_words(text: str) -> list[str]:
    """The text as words: normalised, without signs that are in no token."""
    cleaned = "".join(character if character.isalnum() else " " for character in text)
    return [key for key in (search_key(word) for word in cleaned.split()) if key]


def match_expression(words: Sequence[str]) -> str:
    """Every word, each in a name, the narrative, or an address, as an FTS5 expression."""
    return " AND ".join(f"({_word_expression(word)})" for word in words)


def key_conditions(word: str) -> list[tuple[str, str, str]]:
    """Where an ASCII word can be an exact key: (kind, lowest key, highest key)."""
    if word.isdigit() or word[:-1].isdigit():
        number = word.upper()
        if len(number) == _TAIL:
            return [("pt", number, number), ("it", number, number)]
        return [("ph", number, number + "\uffff"), ("id", number, number + "\uffff")]
    return [("py", word, word), ("py", word, word + "\uffff")] if len(word) > 1 else [("py", word, word)]


_HIT = """
SELECT v.id AS visit_id, v.number AS visit_number, v.matter_id, v.business_day, v.narrative,
       m.number AS matter_number, m.visitor, m.title, m.flow, m.node, m.sealed
FROM visit v JOIN matter m ON m.id = v.matter_id
WHERE v.id IN ({ids}) AND v.state <> 'void'
  AND (m.sealed = 0 OR EXISTS (SELECT 1 FROM sealed_reader r WHERE r.matter_id = m.id AND r.account = ?))
ORDER BY v.id DESC"""


def _by_key(rows: Rows, viewer: str, word: str, limit: int) -> list[Row]:
    ids: dict[int, None] = {}
    for kind, low, high in key_conditions(word):
        exact = low == high
        found = rows.all(
            "SELECT visit_id FROM lookup WHERE kind = ? AND key = ? ORDER BY visit_id DESC LIMIT ?"
            if exact
            else "SELECT visit_id FROM lookup WHERE kind = ? AND key >= ? AND key < ? LIMIT ?",
            (kind, low, limit) if exact else (kind, low, high, limit),
        )
        ids.update(dict.fromkeys(row["visit_id"] for row in found))
        if len(ids) >= limit:
            break
    return _hits(rows, viewer, list(ids), limit)


def _by_words(rows: Rows, viewer: str, words: list[str], limit: int) -> list[Row]:
    hits: list[Row] = []
    newest, checked, size = 2**62, 0, limit
    while len(hits) < limit and checked < _MOST_CHECKED:
        found = rows.all(
            "SELECT rowid FROM search WHERE search MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
            (match_expression(words), newest, size),
        )
        if not found:
            break
        newest, checked = found[-1]["rowid"], checked + len(found)
        candidates = _hits(rows, viewer, [row["rowid"] for row in found], size)
        hits += [row for row in candidates if _really_has(rows, row, words)]
        if len(found) < size:
            break
        size = 200
    return hits[:limit]


def _hits(rows: Rows, viewer: str, ids: list[int], limit: int) -> list[Row]:
    if not ids:
        return []
    marks = ",".join("?" * len(ids))
    return rows.all(_HIT.format(ids=marks), (*ids, viewer))[:limit]


def _really_has(rows: Rows, hit: Row, words: list[str]) -> bool:
    """Pairs may come from different places; a word longer than two characters must stand there whole."""
    longer = [word for word in words if len(word) > 2]
    if not longer:
        return True
    parties = rows.all("SELECT name, address FROM party WHERE visit_id = ?", (hit["visit_id"],))
    texts = [
        _joined(hit["narrative"]),
        *(_joined(row["name"]) for row in parties),
        *(_joined(row["address"]) for row in parties),
    ]
    return all(any(word in text for text in texts) for word in longer)


def _word_expression(word: str) -> str:
    pairs = _pairs(list(word))
    if not pairs:
        return f'"n{word}"'
    return " OR ".join("(" + " AND ".join(f'"{field}{pair}"' for pair in pairs) + ")" for field in "nma")


def _joined(text: str) -> str:
    return "".join(_characters(text))


def _characters(text: str) -> list[str]:
    return [character for character in search_key(text) if character.isalnum()]


def _pairs(characters: Sequence[str]) -> list[str]:
    return [first + second for first, second in itertools.pairwise(characters)]
