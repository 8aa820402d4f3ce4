"""Every paper on every format against its text in reference/, as it stands on the page.

After a change that is meant, renew the texts and read their differences before you commit them:

    RENEW_REFERENCES=1 .venv/bin/python -m pytest tests/documents/test_references.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qingyuan_desk.documents import slips
from qingyuan_desk.domain.papers import FORMATS, PAPER_TITLES, SlipFacts
from tests.documents import facts
from tests.documents.reading import layout, needs_poppler

REFERENCE = Path(__file__).parent / "reference"
RENEW = "RENEW_REFERENCES" in os.environ

USUAL = [(kind, paper_format, "", facts.USUAL[kind]) for kind in PAPER_TITLES for paper_format in FORMATS]
SPECIAL = [
    ("receipt", "a5", "group", facts.GROUP),
    ("receipt", "80mm", "group", facts.GROUP),
    ("routing", "a5", "group", facts.GROUP),
    ("rights", "a5", "group", facts.GROUP),
    ("receipt", "a5", "petition", facts.PETITION),
    ("routing", "a5", "petition", facts.PETITION),
    ("receipt", "a5", "sealed", facts.SEALED),
    ("receipt", "80mm", "sealed", facts.SEALED),
    ("receipt", "a5", "court", facts.COURT),
    ("receipt", "a5", "question", facts.QUESTION),
    ("mediation_guide", "a4", "minor", facts.MINOR),
    ("rights", "a5", "minor", facts.MINOR),
    ("receipt", "a5", "training", facts.TRAINING),
    ("receipt", "a5", "rare", facts.RARE),
]


@needs_poppler
@pytest.mark.parametrize(
    ("kind", "paper_format", "of", "visit"),
    USUAL + SPECIAL,
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_paper_says_what_its_reference_says(
    kind: str, paper_format: str, of: str, visit: SlipFacts
) -> None:
    said = layout(slips.render(kind, visit, paper_format).pdf)
    path = REFERENCE / f"{'-'.join(filter(None, (kind, paper_format, of)))}.txt"
    if RENEW:
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8"), f"{path.name} says something else"


def test_no_reference_is_left_over() -> None:
    known = {"-".join(filter(None, case[:3])) + ".txt" for case in USUAL + SPECIAL}
    assert {path.name for path in REFERENCE.glob("*.txt")} == known
