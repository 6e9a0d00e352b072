"""Pages of PDFs that must be looked at: scans, pictures among words, fonts without keys."""

from __future__ import annotations

import io
import random
import warnings
from dataclasses import dataclass, field

import pytest
from PIL import Image, ImageDraw
from reading_drawn_pdf import FONT, LEFT, Draw, all_of, pdf, scan, words

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

from tenderlight.model import Reading, Unreadable
from tenderlight.pictures import Picture, Recognised, Written
from tenderlight.reading import limits
from tenderlight.reading.alone import read_alone

PAGE = [
    "采购公告",
    "预算：12万元",
    "采购人：某市路灯所",
    "供应商应当按照采购文件的要求编制文件",
    "二〇二一年五月",
]


@dataclass
class Eye:
    """A recogniser that sees what the test says, and remembers what it was asked."""

    texts: list[str] = field(default_factory=list)
    turn: int = 0
    asked: list[Picture] = field(default_factory=list)

    def __call__(self, picture: Picture) -> Recognised:
        self.asked.append(picture)
        lines = []
        for number, text in enumerate(self.texts):
            left, top = 20.0, 20.0 + 60 * number
            edges = [left + 30 * n + step for n in range(len(text)) for step in (0, 30)]
            right = left + 30 * len(text)
            sure = bytes([90] * len(text))
            lines.append(Written(text, left, top, right, top + 30, tuple(edges), sure))
        return Recognised(engine="invented", turn=self.turn, lines=tuple(lines))


def see(payload: bytes, eye: Eye) -> Reading:
    return read_alone(payload, "notice.pdf", eye).reading


def pasted(left: float, bottom: float, width: float, height: float, colour: str = "gray") -> Draw:
    image = ImageReader(Image.new("RGB", (60, 80), colour))
    return lambda canvas: canvas.drawImage(image, left, bottom, width, height) and None


def test_a_scan_is_recognised_with_the_place_of_every_character() -> None:
    eye = Eye(["采购公告", "预算：12万元"])
    reading = see(pdf(scan), eye)
    assert reading.text == "采购公告\n预算：12万元"
    assert reading.problems == ()
    assert reading.sheets[0].recognised
    start = reading.text.index("12")
    (box,) = reading.boxes(start, start + 2)
    assert (box.left, box.right) == pytest.approx((39.6, 61.2), abs=1)
    assert box.top <= 28.8
    assert box.bottom >= 39.6
    (sure,) = {value for stretch in reading.stretches for value in stretch.confidence}
    assert sure == 90


def test_a_picture_s_name_says_of_which_document_and_page_it_is() -> None:
    eye = Eye(["采购公告"])
    payload = pdf(words(*PAGE), scan)
    see(payload, eye)
    (asked,) = eye.asked
    assert asked.name.endswith("#page=2&dpi=200")
    assert len(asked.name.split("#")[0]) == 64
    assert (asked.width, asked.height) == (1654, 2339)
    assert len(asked.rgb) == 1654 * 2339 * 3


def test_a_page_that_shows_nothing_to_read_is_covered_and_no_problem() -> None:
    reading = see(pdf(words(*PAGE), scan), Eye())
    assert reading.problems == ()
    assert [bool(sheet.covered) for sheet in reading.sheets] == [False, True]


def test_pages_without_words_only_are_refused_as_that() -> None:
    with pytest.raises(Unreadable) as refused:
        see(pdf(scan, scan), Eye())
    assert refused.value.code == "reading.no-text"


def test_a_picture_with_words_among_words_is_read_at_its_place() -> None:
    eye = Eye(["候选人：某照明公司"])
    page = all_of(words(*PAGE), pasted(LEFT, 500, 300, 60), words("完结的一行", top=400))
    reading = see(pdf(page), eye)
    assert reading.text.split("\n")[-2:] == ["候选人：某照明公司", "完结的一行"]
    assert "&box=" in eye.asked[0].name
    (box,) = reading.boxes(start := reading.text.index("候选人"), start + 3)
    assert LEFT < box.left < LEFT + 20
    assert 842 - 560 < box.top < 842 - 500


def test_a_picture_among_words_that_says_nothing_is_covered() -> None:
    reading = see(pdf(all_of(words(*PAGE), pasted(100, 300, 200, 100))), Eye())
    ((left, top, right, bottom),) = reading.sheets[0].covered
    assert (round(left), round(right)) == (100, 300)
    assert (round(top), round(bottom)) == (842 - 400, 842 - 300)


def test_a_photograph_beside_the_words_of_a_picture_is_covered_at_its_place() -> None:
    noise = Image.frombytes("RGB", (400, 300), random.Random(3).randbytes(400 * 300 * 3))
    shown = Image.new("RGB", (800, 600), "white")
    shown.paste(noise, (350, 250))

    def draw(canvas: Canvas) -> None:
        words(*PAGE)(canvas)
        canvas.drawImage(ImageReader(shown), 100, 200, 400, 300)

    reading = see(pdf(draw), Eye(["某某公司"]))
    assert "某某公司" in reading.text
    (area,) = reading.sheets[0].covered
    assert area == pytest.approx((275, 842 - 375, 475, 842 - 225), abs=12)


@pytest.mark.parametrize("size", [(30, 30), (60, 7.5), (5, 40)])
def test_a_small_picture_is_covered_without_a_look(size: tuple[float, float]) -> None:
    eye = Eye(["x"])
    reading = see(pdf(all_of(words(*PAGE), pasted(100, 300, *size))), eye)
    assert eye.asked == []
    assert len(reading.sheets[0].covered) == 1


def test_a_background_under_words_is_neither_read_nor_covered() -> None:
    eye = Eye(["x"])
    page = all_of(pasted(60, 640, 230, 120, "white"), words(*PAGE))
    reading = see(pdf(page), eye)
    assert (eye.asked, reading.sheets[0].covered) == ([], ())


def test_what_the_page_prints_over_a_picture_is_not_read_twice() -> None:
    def draw(canvas: Canvas) -> None:
        words(*PAGE)(canvas)
        pasted(100, 200, 400, 200, "white")(canvas)
        canvas.setFont(FONT, 12)
        canvas.drawString(107, 380, "某某")

    reading = see(pdf(draw), Eye(["某某公司"]))
    assert reading.text.count("某某") == 1
    assert "公司" in reading.text


def test_the_strips_of_a_scanner_are_one_picture() -> None:
    strips = [pasted(0, 842 - 40 * n - 40, 595, 40) for n in range(21)]
    eye = Eye(["采购公告"])
    see(pdf(all_of(*strips)), eye)
    assert len(eye.asked) == 1


def test_a_hidden_layer_of_words_is_not_trusted_where_there_is_a_recogniser() -> None:
    def draw(canvas: Canvas) -> None:
        scan(canvas)
        text = canvas.beginText(LEFT, 700)
        text.setTextRenderMode(3)
        text.textLines("采贝勾公告预算12万元采购人某市路灯所供应商应当按照采购文件的要求编制文件")
        canvas.drawText(text)

    payload = pdf(draw)
    assert see(payload, Eye(["采购公告"])).text == "采购公告"
    assert "采贝勾" in read_alone(payload, "x.pdf").reading.text


def test_words_under_a_picture_of_the_page_are_not_trusted_either() -> None:
    page = all_of(words(*PAGE, "供应商应当按照采购文件的要求编制文件"), scan)
    assert see(pdf(page), Eye(["采购公告"])).text == "采购公告"


def raw_pdf(*objects: str) -> bytes:
    """A PDF of these objects, the first of them its catalogue."""
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, content in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n{content}\nendobj\n".encode())
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{offset:010} 00000 n \n" for offset in offsets).encode())
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    out.write(trailer.encode())
    return out.getvalue()


def stream(content: str) -> str:
    return f"<< /Length {len(content.encode())} >>\nstream\n{content}\nendstream"


PAGE_OBJECT = (
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R "
    "/Resources << /Font << /F 5 0 R >> >> >>"
)


def garbled() -> bytes:
    """A page in a font whose key leads to codes that mean nothing."""
    return raw_pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        PAGE_OBJECT,
        stream("BT /F 12 Tf 20 100 Td (street lights) Tj ET"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
        stream(
            "/CIDInit /ProcSet findresource begin begincmap "
            "1 begincodespacerange <00> <FF> endcodespacerange "
            "1 beginbfrange <20> <7A> <E020> endbfrange endcmap end"
        ),
    )


def test_a_font_without_a_key_is_recognised_or_named() -> None:
    assert see(garbled(), Eye(["Invented notice"])).text == "Invented notice"
    reading = read_alone(garbled(), "x.pdf").reading
    assert [problem.code for problem in reading.problems] == ["reading.garbled"]


def test_words_drawn_as_outlines_are_recognised() -> None:
    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.moveTo(70, 700)
        for n in range(4000):
            path.lineTo(70 + n % 400, 700 - n // 50)
        canvas.drawPath(path, stroke=1, fill=0)

    assert see(pdf(draw), Eye(["采购公告"])).text == "采购公告"


def test_pictures_beyond_the_limit_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RECOGNISED_PAGES", 2)
    reading = see(pdf(words(*PAGE), scan, scan, scan), Eye(["采购公告"]))
    assert [(p.code, p.where, p.unread) for p in reading.problems] == [
        ("reading.too-many-pictures", "page 4", True)
    ]


def test_a_huge_page_is_looked_at_in_fewer_dots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RENDERED_PIXELS", 100_000)
    eye = Eye(["采购公告"])
    see(pdf(scan), eye)
    assert eye.asked[0].width * eye.asked[0].height <= 101_000
    assert f"dpi={eye.asked[0].dpi}" in eye.asked[0].name


def test_a_turned_picture_among_words_is_named_and_covered() -> None:
    page = all_of(words(*PAGE), pasted(100, 300, 200, 100))
    reading = see(pdf(page), Eye(["某公司"], turn=90))
    assert [problem.code for problem in reading.problems] == ["reading.turned"]
    assert len(reading.sheets[0].covered) == 1


def test_a_picture_on_a_page_set_sideways_is_cut_out_where_it_is_seen() -> None:
    image = Image.new("RGB", (200, 100), "white")
    ImageDraw.Draw(image).rectangle((0, 0, 199, 99), fill="black")
    black = ImageReader(image)

    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 400)
        canvas.rotate(90)
        for number, line in enumerate(PAGE):
            canvas.drawString(-300, 200 - 20 * number, line)
        canvas.drawImage(black, -300, -100, 200, 100)

    eye = Eye(["某公司"])
    see(pdf(draw), eye)
    (asked,) = eye.asked
    assert "turn=" in asked.name
    assert (asked.width, asked.height) == pytest.approx((556, 278), abs=2)
    assert sum(asked.rgb) / len(asked.rgb) < 5


def test_looking_twice_asks_for_the_same_picture() -> None:
    payload = pdf(scan)
    one, other = Eye(["采购公告"]), Eye(["采购公告"])
    assert see(payload, one) == see(payload, other)
    assert one.asked == other.asked


def test_fields_stamps_and_free_text_that_are_shown_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        words(*PAGE)(canvas)
        canvas.acroForm.textfield(
            name="sum",
            value="7101231.00",
            x=LEFT,
            y=500,
            width=200,
            height=20,
            fontName="Helvetica",
        )

    assert "7101231.00" in read_alone(pdf(draw), "x.pdf").reading.text


def test_a_pdf_whose_owner_only_has_a_password_opens() -> None:
    reading = read_alone(pdf(words(*PAGE), owner="secret"), "x.pdf").reading
    assert reading.text.startswith("采购公告")


def many_pages(count: int) -> bytes:
    """A PDF whose tree holds one page many times."""
    return raw_pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{' '.join(['3 0 R'] * count)}] >>",
        PAGE_OBJECT,
        stream("BT /F 12 Tf 20 100 Td (notice) Tj ET"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def test_a_pdf_of_a_hundred_thousand_pages_is_read_as_far_as_the_limit() -> None:
    reading = read_alone(many_pages(100_000), "x.pdf").reading
    assert len(reading.sheets) == limits.PDF_PAGES
    assert [(p.code, p.where) for p in reading.problems] == [
        ("reading.too-many-pages", "pages 501-100000")
    ]


def stamped() -> bytes:
    """A page with a stamp and free text that are shown, and a note that is not."""
    shown = "/Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F 5 0 R >> >>"
    stamp, note = "BT /F 12 Tf 2 4 Td (PAID 500) Tj ET", "BT /F 12 Tf 2 4 Td (hidden) Tj ET"
    return raw_pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        PAGE_OBJECT.replace("/Contents", "/Annots [6 0 R 8 0 R] /Contents"),
        stream("BT /F 12 Tf 20 100 Td (notice) Tj ET"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Annot /Subtype /Stamp /F 4 /Rect [20 50 120 70] /AP << /N 7 0 R >> >>",
        f"<< {shown} /Length {len(stamp)} >>\nstream\n{stamp}\nendstream",
        "<< /Type /Annot /Subtype /Stamp /F 2 /Rect [20 20 120 40] /AP << /N 9 0 R >> >>",
        f"<< {shown} /Length {len(note)} >>\nstream\n{note}\nendstream",
    )


def test_a_stamp_is_read_where_it_is_shown_and_not_where_it_is_hidden() -> None:
    assert read_alone(stamped(), "x.pdf").reading.text == "notice\nPAID 500"


def attached() -> bytes:
    files = [("list.txt", "路灯 9 盏"), ("data.xml", "<?xml version='1.0'?><a/>")]
    specs = "".join(
        f"({name}) << /Type /Filespec /F ({name}) /EF << /F {6 + n} 0 R >> >> "
        for n, (name, _) in enumerate(files)
    )
    return raw_pdf(
        f"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [{specs}] >> >> >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        PAGE_OBJECT,
        stream("BT /F 12 Tf 20 100 Td (notice) Tj ET"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *(stream(content) for _, content in files),
    )


def test_a_file_attached_to_a_pdf_is_a_document_inside_and_a_record_for_programs_is_not() -> None:
    opened = read_alone(attached(), "x.pdf")
    assert opened.reading.text == "notice"
    assert [(member.name, member.payload.decode()) for member in opened.members] == [
        ("list.txt", "路灯 9 盏")
    ]


def test_the_values_of_a_form_that_only_a_program_would_draw_are_a_document_inside() -> None:
    data = (
        "<xfa:datasets xmlns:xfa='http://www.xfa.org/schema/xfa-data/1.0/'><xfa:data><form>"
        "<sum>7101231.00</sum><buyer>某市路灯所</buyer><note/></form></xfa:data></xfa:datasets>"
    )
    payload = raw_pdf(
        "<< /Type /Catalog /Pages 2 0 R /NeedsRendering true "
        "/AcroForm << /Fields [] /XFA [(datasets) 6 0 R] >> >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        PAGE_OBJECT,
        stream("BT /F 12 Tf 20 100 Td (Please wait...) Tj ET"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        stream(data),
    )
    (member,) = read_alone(payload, "x.pdf").members
    assert member.payload.decode() == "sum：7101231.00\nbuyer：某市路灯所"
