"""What of a visit can be searched, kept in two indexes.

`search` (FTS5, contentless, no positions) holds every pair of neighbouring characters of names (`n`), narratives (`m`)
and addresses (`a`), each pair behind its field's letter, and every single character of names; a longer word is the AND
of its pairs. `lookup` holds exact keys: `py` pinyin, `ph` phone, `pt` its last four, `id` ID number, `it` its last four.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from qingyuan_desk.domain import pinyin
from qingyuan_desk.domain.text import search_key
from qingyuan_desk.store.database import Tx

#: So many last characters of a phone or an ID number are a key of their own.
TAIL = 4


@dataclass(frozen=True)
class Spoken:
    """What of a visit can be searched."""

    names: tuple[str, ...]
    narrative: str
    addresses: tuple[str, ...]
    phones: tuple[str, ...]
    id_numbers: tuple[str, ...]


def add(tx: Tx, visit_id: int, spoken: Spoken) -> None:
    """Make a visit findable."""
    tx.run("INSERT INTO search (rowid, tokens) VALUES (?, ?)", (visit_id, " ".join(tokens(spoken))))
    keys = sorted(set(lookup_keys(spoken)))
    tx.insert_all("lookup", [{"kind": kind, "key": key, "visit_id": visit_id} for kind, key in keys])


def tokens(spoken: Spoken) -> list[str]:
    """The words of the `search` index for one visit."""
    found: dict[str, None] = {}
    for name in spoken.names:
        characters = joined(name)
        found.update(dict.fromkeys(f"n{character}" for character in characters))
        found.update(dict.fromkeys(f"n{pair}" for pair in pairs_of(characters)))
    found.update(dict.fromkeys(f"m{pair}" for pair in pairs_of(joined(spoken.narrative))))
    for address in spoken.addresses:
        found.update(dict.fromkeys(f"a{pair}" for pair in pairs_of(joined(address))))
    return list(found)


def lookup_keys(spoken: Spoken) -> Iterable[tuple[str, str]]:
    """The exact keys of one visit."""
    for name in spoken.names:
        yield from (("py", key) for key in pinyin.index_text(name).split())
    for phone in spoken.phones:
        for key in phone_keys(phone):
            yield "ph", key
            yield "pt", key[-TAIL:]
    for number in spoken.id_numbers:
        yield "id", number
        yield "it", number[-TAIL:]


def phone_keys(number: str) -> tuple[str, ...]:
    """A number as it is dialled, without its extension; a landline also without its area code."""
    parts = number.split("-")
    if len(parts) > 1 and parts[0].startswith("0"):
        return (parts[0] + parts[1], parts[1])
    return (parts[0].lstrip("+"),)


def joined(text: str) -> str:
    """Text as the index sees it: normalised, letters and digits only."""
    return "".join(character for character in search_key(text) if character.isalnum())


def pairs_of(characters: str) -> list[str]:
    """Every two neighbouring characters."""
    return [first + second for first, second in itertools.pairwise(characters)]
