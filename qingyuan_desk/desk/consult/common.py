"""常用问题 and 案由 as lists to choose from: found by characters or initials of the question and of what people say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qingyuan_desk.desk.widgets.choice import Option
from qingyuan_desk.domain.pinyin import initials
from qingyuan_desk.domain.tables import Answer


def plain(answers: Iterable[Answer]) -> list[Option]:
    """Found by characters only, until the initials are known."""
    return [Option(each.code, each.question, each.words) for each in answers]


def spelled(answers: Iterable[Answer]) -> list[Option]:
    """Found by initials too. Slow the first time: it loads the dictionary."""
    return [
        Option(
            each.code,
            each.question,
            (
                *initials(each.question)[:1],
                *(letters for word in each.words for letters in initials(word)[:1]),
                *each.words,
            ),
        )
        for each in answers
    ]


def causes(listed: Iterable[Option]) -> list[Option]:
    """Types of dispute found by what is special in their names too: ldzy → 其他劳动争议纠纷."""
    return [
        Option(each.code, each.name, (*each.keys, *initials(each.name.removeprefix("其他"))[:1]))
        for each in listed
    ]


def for_cause(options: Sequence[Option], answers: Sequence[Answer], cause: str) -> list[Option]:
    """The same entries, those of the cause first, then those for any."""
    causes = {each.code: each.cause for each in answers}
    return sorted(options, key=lambda option: 0 if cause and causes[option.code] == cause else 1)
