"""The papers of the front desk: what stands on them, how many sheets they take, and what no text can break."""

from __future__ import annotations

import shutil
from dataclasses import fields, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader

from qingyuan_desk.documents import fonts, page, slips, wording
from qingyuan_desk.domain.errors import Unavailable
from qingyuan_desk.domain.papers import FORMATS, PAPER_TITLES, SlipFacts
from tests.documents import facts
from tests.documents.reading import codes, layout, needs_poppler, needs_zbar, words

KINDS = tuple(PAPER_TITLES)


# --- sheets ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("visit", "kind", "paper_format"),
    [
        *[(facts.USUAL[kind], kind, "a4") for kind in KINDS],
        *[(facts.USUAL[kind], kind, "80mm") for kind in KINDS],
        *[
            (facts.USUAL[kind], kind, "a5")
            for kind in ("receipt", "routing", "consultation_guide", "rights", "materials", "conduct")
        ],
        *[
            (visit, kind, "a5")
            for visit in (
                facts.GROUP,
                facts.PETITION,
                facts.COURT,
                facts.QUESTION,
                facts.SEALED,
                facts.TRAINING,
            )
            for kind in ("receipt", "routing")
        ],
        (facts.GROUP, "mediation_guide", "a4"),
        (facts.MINOR, "mediation_guide", "a4"),
    ],
)
def test_a_usual_paper_takes_one_sheet(visit: SlipFacts, kind: str, paper_format: str) -> None:
    assert slips.render(kind, visit, paper_format).pages == 1


@pytest.mark.parametrize("kind", KINDS)
def test_large_type_takes_a_sheet_printed_on_both_sides(kind: str) -> None:
    assert slips.render(kind, facts.USUAL[kind], "a4-large").pages <= 2


@pytest.mark.parametrize(
    ("paper_format", "millimetres"), [("a5", (148, 210)), ("a4", (210, 297)), ("a4-large", (210, 297))]
)
def test_sheets_have_the_size_of_the_paper(paper_format: str, millimetres: tuple[float, float]) -> None:
    box = _pages("receipt", facts.VISIT, paper_format)[0].mediabox
    assert (box.width / page.MM, box.height / page.MM) == pytest.approx(millimetres, abs=0.1)


def test_a_roll_is_cut_where_the_slip_ends() -> None:
    short, long = (_pages("receipt", visit, "80mm") for visit in (facts.SEALED, facts.GROUP))
    assert [len(short), len(long)] == [1, 1]
    assert short[0].mediabox.width / page.MM == pytest.approx(80, abs=0.1)
    assert 100 < short[0].mediabox.height / page.MM < long[0].mediabox.height / page.MM < 350


@pytest.mark.parametrize("paper_format", FORMATS)
def test_twenty_thousand_characters_go_on_from_page_to_page(paper_format: str) -> None:
    brief = "".join(f"第{number}条，对方没有履行约定的义务。" for number in range(1, 2000))[:20_000]
    paper = slips.render("receipt", replace(facts.VISIT, brief=brief), paper_format)
    text = words(paper.pdf)
    assert all(f"第{number}条，" in text for number in range(1, 2000)[: brief.count("，")])
    assert text.count("来访人（签名）") == 1
    assert 1 < paper.pages < 60


@pytest.mark.parametrize("paper_format", ["a5", "a4", "a4-large"])
def test_no_page_of_a_long_paper_stands_empty(paper_format: str) -> None:
    for length in range(0, 3000, 430):
        brief = "对方没有履行约定。" * (length // 9)
        pages = _pages("receipt", replace(facts.VISIT, brief=brief), paper_format)
        texts = ["".join(each.extract_text().split()) for each in pages]
        assert min(len(text) for text in texts) > 150, (
            f"a page of {paper_format} with {length} characters is bare"
        )
        assert "来访人（签名）" in texts[-1]
        assert "查询方式" in texts[-1], "places to sign stand alone"


def test_parties_sign_on_the_page_that_says_they_were_told() -> None:
    for serial in range(1, 12):
        visit = replace(facts.VISIT, opponents=tuple(f"对方当事人{number}" for number in range(serial)))
        texts = ["".join(each.extract_text().split()) for each in _pages("rights", visit, "a5")]
        told = next(number for number, text in enumerate(texts) if "以上内容已经向我告知" in text)
        assert f"对方当事人{serial - 1}：" in texts[-1]
        assert told == next(number for number, text in enumerate(texts) if "对方当事人0：" in text)


# --- what stands on them -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper_format", FORMATS)
def test_the_receipt_says_what_a_visitor_needs(paper_format: str) -> None:
    text = words(slips.render("receipt", facts.VISIT, paper_format).pdf)
    for said in (
        "来访登记回执",
        "清访〔2024〕0630号",
        "王建国（男）",
        "2024年9月20日10:32",
        "民间纠纷→矛盾纠纷调解（房屋宅基地纠纷）",
        "乡贤调解室",
        "冉庄镇人民政府",
        "2027年9月20日",
        "《民法典》第一百八十八条",
        "拨打0312-0000000",
        "诉讼时效从提出请求之日起中断",
        "登记人赵敏（签名）",
    ):
        assert said in text, f"{paper_format}: {said}"


def test_numbers_of_documents_and_phones_stay_masked() -> None:
    text = words(slips.render("receipt", facts.VISIT, "a5").pdf)
    assert "130622********0017" in text
    assert "138****8000" in text


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "conduct"])
@pytest.mark.parametrize("paper_format", ["a5", "80mm"])
def test_a_sealed_matter_is_named_nowhere(kind: str, paper_format: str) -> None:
    paper = slips.render(kind, facts.SEALED, paper_format)
    text = words(paper.pdf) + str(PdfReader(BytesIO(paper.pdf)).metadata)
    for secret in ("王建国", "130622", "138", "冉庄", "举报", "检举", "控告", "揭发", "征地", "纪委", "赵敏"):
        assert secret not in text
    assert "清访〔2024〕0630号" in text
    assert "信访接待室" in text


def test_the_rules_of_conduct_say_nothing_of_a_visit() -> None:
    said = words(slips.render("conduct", facts.SEALED, "a5").pdf)
    assert said == words(slips.render("conduct", facts.VISIT, "a5").pdf)
    assert "煽动、串联、胁迫" in said


def test_a_reprint_says_so_and_a_first_print_does_not() -> None:
    assert "次打印" not in words(slips.render("receipt", facts.VISIT, "a5").pdf)
    for paper_format in FORMATS:
        paper = slips.render("receipt", replace(facts.VISIT, count=3), paper_format)
        assert "第3次打印" in words(paper.pdf)
        assert paper.count == 3


def test_a_print_that_cannot_be_logged_says_so() -> None:
    assert "未记入打印记录" in words(slips.render("receipt", replace(facts.VISIT, logged=False), "a5").pdf)


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_says_which_it_is_and_when_it_was_printed(kind: str) -> None:
    pages = _pages(kind, facts.LONG, "a5")
    for number, each in enumerate(pages, 1):
        text = "".join(each.extract_text().split())
        assert f"第{number}页/共{len(pages)}页" in text
        assert "清访〔2024〕0630号打印时间2024年9月20日10:33" in text


def test_a_paper_of_a_training_folder_is_marked() -> None:
    for kind in KINDS:
        assert f"{PAPER_TITLES[kind]}（演练）" in words(slips.render(kind, facts.TRAINING, "a5").pdf)
        assert "演练" not in words(slips.render(kind, facts.USUAL[kind], "a5").pdf)


def test_a_guardian_signs_for_a_minor() -> None:
    for kind in ("receipt", "mediation_guide", "rights", "routing"):
        assert "监护人" in words(slips.render(kind, facts.MINOR, "a5").pdf)
        assert "监护人" not in words(slips.render(kind, facts.VISIT, "a5").pdf)


def test_every_party_and_representative_signs_the_notice_of_rights_once() -> None:
    text = words(slips.render("rights", facts.GROUP, "a4").pdf)
    for name in (*facts.GROUP.representatives, *facts.GROUP.opponents):
        assert text.count(f"{name}：") == 1
    assert (
        words(slips.render("rights", replace(facts.VISIT, opponents=()), "a4").pdf).count("对方当事人：") == 1
    )


def test_flags_add_what_the_visitor_should_know() -> None:
    said = "上级机关、单位不予受理（《信访工作条例》第十九条）"
    assert said in words(
        slips.render("routing", replace(facts.PETITION, flags=frozenset({"in_process"})), "a4").pdf
    )
    assert said not in words(slips.render("routing", facts.PETITION, "a4").pdf)


def test_domestic_violence_is_not_written_on_a_slip_others_may_read() -> None:
    visit = replace(facts.PETITION, flags=frozenset({"domestic_violence", "danger", "threat", "minor"}))
    assert (
        slips.render("routing", visit, "a5").pdf
        == slips.render("routing", replace(facts.PETITION, flags=frozenset()), "a5").pdf
    )


def test_the_organ_that_leads_is_ticked_and_otherwise_left_to_the_clerk() -> None:
    led = words(slips.render("litigation_guide", facts.COURT, "a4").pdf)
    assert "本事项请向清苑区人民法院提出" in led
    open_ = words(slips.render("litigation_guide", replace(facts.COURT, unit="区委政法委"), "a4").pdf)
    assert "本事项请向下表勾选的单位提出" in open_
    assert "请向区委政法委" not in open_


def test_an_office_without_a_telephone_names_its_place() -> None:
    bare = replace(facts.VISIT, office=replace(facts.OFFICE, phone="", address="", hours=""))
    text = words(slips.render("receipt", bare, "a5").pdf)
    assert "查询方式：到保定市清苑区社会治安综合治理中心，报编号" in text
    assert "拨打" not in text


def test_nothing_known_still_makes_a_paper() -> None:
    empty = {
        field.name: type(getattr(facts.VISIT, field.name))()
        for field in fields(SlipFacts)
        if field.name in _BLANK
    }
    for kind in KINDS:
        for paper_format in ("a5", "80mm"):
            assert slips.render(kind, replace(facts.VISIT, **empty), paper_format).pages >= 1


_BLANK = {
    *(
        "visitor",
        "sex",
        "id_note",
        "phone",
        "home",
        "representatives",
        "agent",
        "opponents",
        "brief",
        "category",
    ),
    *("flow", "dispute_type", "room", "unit", "co_units", "reasons", "clocks", "limitations", "materials"),
    *("clerk", "mediators", "matter_number"),
}


# --- codes and copies --------------------------------------------------------------------------------------------


@needs_zbar
@pytest.mark.parametrize("paper_format", FORMATS)
def test_a_scanner_reads_the_number_through_the_mark_of_training(paper_format: str, tmp_path: Path) -> None:
    assert codes(slips.render("receipt", facts.TRAINING, paper_format).pdf, tmp_path) == [
        "清访〔2024〕0630号"
    ]


@needs_zbar
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("rights", "conduct")])
def test_every_slip_carries_the_code_once(kind: str, tmp_path: Path) -> None:
    assert codes(slips.render(kind, facts.USUAL[kind], "a4").pdf, tmp_path) == ["清访〔2024〕0630号"]


def test_the_code_is_25_millimetres_wide_with_a_quiet_zone_of_four_modules() -> None:
    count, spans = page.qr_spans("清访〔2024〕0630号")
    assert min(column for column, _, _ in spans) == min(row for _, row, _ in spans) == 4
    assert (
        max(column + width for column, _, width in spans) == max(row for _, row, _ in spans) + 1 == count - 4
    )
    assert 25 / count > 0.5, "modules of less than half a millimetre do not survive a thermal printer"


def test_a_name_beyond_the_basic_plane_is_copied_as_it_is() -> None:
    assert "李𬭎䶮" in words(slips.render("receipt", facts.RARE, "a5").pdf)


@needs_poppler
def test_a_name_beyond_the_basic_plane_is_copied_as_it_is_by_poppler_too() -> None:
    assert "李𬭎䶮" in layout(slips.render("receipt", facts.RARE, "a5").pdf)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_facts_make_the_same_bytes(kind: str) -> None:
    assert slips.render(kind, facts.GROUP, "a5").pdf == slips.render(kind, facts.GROUP, "a5").pdf


def test_other_facts_make_another_paper() -> None:
    later = replace(facts.VISIT, printed_at=facts.VISIT.printed_at + timedelta(minutes=1))
    assert slips.render("receipt", later, "a5").pdf != slips.render("receipt", facts.VISIT, "a5").pdf


@pytest.mark.parametrize("paper_format", FORMATS)
def test_every_font_is_inside_the_file(paper_format: str) -> None:
    found = [
        font.get_object()
        for each in _pages("rights", facts.RARE, paper_format)
        for font in each["/Resources"]["/Font"].values()
    ]
    assert found
    for font in found:
        assert "/FontFile2" in font["/FontDescriptor"].get_object(), f"{font['/BaseFont']} is not embedded"


# --- any text ----------------------------------------------------------------------------------------------------


def test_a_character_no_font_has_is_substituted_and_reported() -> None:
    paper = slips.render("receipt", facts.RARE, "a5")
    assert paper.missing == ("😀",)
    assert "李𬭎䶮〓（男）" in words(paper.pdf)
    assert slips.render("receipt", facts.VISIT, "a5").missing == ()


def test_a_rarer_character_comes_from_a_font_of_the_system_or_is_reported() -> None:
    paper = slips.render("receipt", replace(facts.VISIT, visitor="𠮷样例"), "a5")
    assert ("𠮷样例" in words(paper.pdf)) != ("𠮷" in paper.missing)


HOSTILE = "<b>粗</b>&nbsp;&#60;<img src=/etc/passwd/><para>%s{0}{room}\\n(括号)[[x]]"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("conduct", "rights")])
@pytest.mark.parametrize("paper_format", ["a5", "80mm"])
def test_markup_is_printed_as_it_stands(kind: str, paper_format: str) -> None:
    visit = replace(facts.USUAL[kind], visitor=HOSTILE, brief=HOSTILE, sex="")
    text = words(slips.render(kind, visit, paper_format).pdf)
    assert text.count("".join(HOSTILE.split())) == 2


def test_controls_and_invisible_characters_vanish() -> None:
    visit = replace(facts.VISIT, visitor="王\x00建\x1b[31m\u200b\u202e国\ud800", sex="")
    paper = slips.render("receipt", visit, "a5")
    assert "王建[31m国" in words(paper.pdf)
    assert paper.missing == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    text=st.text(max_size=300),
    kind=st.sampled_from(KINDS),
    paper_format=st.sampled_from(tuple(FORMATS)),
    group=st.integers(0, 5),
)
def test_any_text_makes_a_paper(text: str, kind: str, paper_format: str, group: int) -> None:
    visit = replace(
        facts.VISIT,
        visitor=text,
        brief=text * 3,
        home=text,
        room=text,
        unit=text,
        clerk=text,
        opponents=(text,) * group,
        representatives=(text,) * group,
        reasons=(text,),
        office=replace(facts.OFFICE, name=text),
    )
    paper = slips.render(kind, visit, paper_format)
    assert paper.pdf.startswith(b"%PDF-")
    assert paper.pages == len(PdfReader(BytesIO(paper.pdf)).pages)


# --- what a machine may lack -------------------------------------------------------------------------------------


def test_a_missing_font_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "REGULAR", tmp_path / "没有.ttf")
    fonts._load.cache_clear()
    with pytest.raises(fonts.FontMissing) as told:
        slips.render("receipt", facts.VISIT, "a5")
    assert told.value.code == "QY-131"
    assert "没有.ttf" in told.value.sentence


@pytest.mark.parametrize("size", [0, 12, 10_000, 5_000_000])
def test_a_font_cut_off_in_copying_is_a_sentence(size: int, tmp_path: Path) -> None:
    cut = tmp_path / "cut.ttf"
    cut.write_bytes(fonts.REGULAR.read_bytes()[:size])
    with pytest.raises(fonts.FontMissing, match=r"cut\.ttf"):
        fonts._register("QY-Cut", cut)


@pytest.fixture
def words_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A copy of the official texts that a test may spoil."""
    folder = tmp_path / "wording"
    shutil.copytree(wording.FOLDER, folder)
    monkeypatch.setattr(wording, "FOLDER", folder)
    return folder


def test_a_missing_text_is_a_sentence(words_folder: Path) -> None:
    (words_folder / "receipt.toml").unlink()
    with pytest.raises(Unavailable, match=r"receipt\.toml") as told:
        slips.render("receipt", facts.VISIT, "a5")
    assert told.value.code == "QY-133"


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("receipt.toml", "clocks = "),
        ("receipt.toml", 'clocks = "期限"'),
        ("receipt.toml", "clocks = 7"),
        ("common.toml", "\x00"),
        ("routing.toml", 'reasons = "a"\nsteps_title = "b"\nsteps = "调解"'),
        ("routing.toml", 'reasons = "a"\nsteps_title = "b"\nsteps = ["调解"]'),
        ("routing.toml", 'reasons = "a"\nsteps_title = "b"\n[[steps]]\nflow = "调解"\nlines = [1, 2]'),
        ("litigation_guide.toml", 'lead = "a"\nreasons = "b"\norgans = [["法院", "人民法院"]]'),
        (
            "rights.toml",
            'addressed = "a"\nother_party = "b"\nlead = "c"\n[[parts]]\ntitle = "一"\ntext = "二"',
        ),
    ],
)
def test_a_spoilt_text_is_a_sentence(words_folder: Path, file: str, text: str) -> None:
    (words_folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(Unavailable, match=file) as told:
        slips.render(file.removesuffix(".toml") if file != "common.toml" else "receipt", facts.VISIT, "a5")
    assert told.value.code == "QY-133"


def test_what_the_office_writes_into_a_text_is_printed(words_folder: Path) -> None:
    path = words_folder / "receipt.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("办理期限和时效", "期限（样例）"), encoding="utf-8-sig"
    )
    assert "期限（样例）" in words(slips.render("receipt", facts.VISIT, "a5").pdf)


def _pages(kind: str, visit: SlipFacts, paper_format: str) -> list[PageObject]:
    return list(PdfReader(BytesIO(slips.render(kind, visit, paper_format).pdf)).pages)
