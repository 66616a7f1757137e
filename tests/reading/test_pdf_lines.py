"""PDF -> lines: reading order, wrapped lines, headings, links, and what is no text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tailor
from tailor.reading.files import Content
from tailor.reading.lines import Line, LineKind
from tailor.reading.pdf.drawn import bold_faces, face_of
from tailor.reading.pdf.lines import read_pdf
from tailor.reading.pdf.rows import joined
from tailor.values.cv import Date, Period
from tailor.values.errors import CvError, TailorError
from tailor.values.limits import Limits, using

_FONTS = ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "ZapfDingbats")


@dataclass(frozen=True)
class Text:
    """A text at a place: points from the lower left corner of an A4 page."""

    left: float
    baseline: float
    text: str
    size: float = 10
    font: str = "F1"
    spacing: float = 0
    matrix: str = "1 0 0 1"


def pdf(
    *pages: Sequence[Text], links: Sequence[str] = (), trailer: str = "", drawn: str = ""
) -> bytes:
    """Make a PDF by hand; each of `links` covers the first text of the first page.

    `drawn` is added to what is drawn on each page.
    """
    fonts = "".join(
        f"/F{n} << /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >> "
        for n, name in enumerate(_FONTS, start=1)
    )
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for number, page in enumerate(pages):
        shown = drawn + "".join(
            f"BT /{t.font} {t.size} Tf {t.spacing} Tc {t.matrix} {t.left} {t.baseline} Tm "
            f"({escaped(t.text)}) Tj ET\n"
            for t in page
        )
        objects.append(f"<< /Length {len(shown.encode('cp1252'))} >>\nstream\n{shown}endstream")
        annotations = "".join(
            f"<< /Type /Annot /Subtype /Link /Rect [{page[0].left} {page[0].baseline - 2} 500 "
            f"{page[0].baseline + 10}] /A << /S /URI /URI ({link}) >> >>"
            for link in (links if number == 0 else ())
        )
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
            f"/Resources << /Font << {fonts}>> >> /Annots [{annotations}] >>"
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return file_of(objects, trailer)


def file_of(objects: Sequence[str], trailer: str = "") -> bytes:
    """Make a PDF of its objects, the first of which is the catalogue."""
    data, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
    end += f"<< /Size {len(objects) + 1} /Root 1 0 R {trailer}>>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + end.encode()


def escaped(text: str) -> str:
    """Return `text` as a string of PDF."""
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def lines(*pages: Sequence[Text], links: Sequence[str] = (), drawn: str = "") -> list[Line]:
    """Read a PDF made of `pages`."""
    return list(read_pdf(Content("cv.pdf", pdf(*pages, links=links, drawn=drawn), "CV")))


def column(left: float, top: float, *rows: str, step: float = 14) -> list[Text]:
    """Place rows below each other; those in capitals are bold."""
    return [
        Text(left, top - n * step, row, 10, "F2" if row.isupper() else "F1")
        for n, row in enumerate(rows)
    ]


def shown(found: Sequence[Line]) -> list[tuple[str, str]]:
    """Return kind and words of lines."""
    return [(line.kind.value, line.plain) for line in found]


LONG = (
    "Looked after the ovens, the dough, the flour and the people of a bakery that sells by night"
    " and by day, all year"
)  # fills an A4 page from one margin to the other


def test_wrapped_bullets_are_whole_again() -> None:
    """The rows of a bullet are one item, and the next mark begins another."""
    found = lines(
        [
            Text(50, 700, "• " + LONG),
            Text(58, 688, "in four towns of the valley."),
            Text(50, 676, "• Sold bread."),
            Text(64, 664, "• To schools."),
        ]
    )
    assert shown(found) == [
        ("item", f"{LONG} in four towns of the valley."),
        ("item", "Sold bread."),
        ("item", "To schools."),
    ]
    assert [line.level for line in found] == [1, 1, 2]


def test_short_rows_are_lines_of_their_own() -> None:
    """A row after which the next word would have fitted was ended by its writer."""
    found = lines([Text(50, 700, LONG), Text(50, 688, "Baker"), Text(50, 676, "Rye, UK")])
    assert [plain for _, plain in shown(found)] == [f"{LONG} Baker", "Rye, UK"]


def test_columns_are_read_one_after_the_other() -> None:
    """Text beside text is not mixed; what stands above both comes first."""
    left = [Text(40, 700 - 14 * n, f"Skill number {n} of mine") for n in range(6)]
    right = [Text(300, 700 - 14 * n, f"A sentence about the work {n} I did.") for n in range(6)]
    found = shown(lines([Text(40, 760, "Jo Doe", 20), *left, *right]))
    words = " ".join(plain for _, plain in found)
    assert found[0] == ("heading", "Jo Doe")
    assert words.index("Skill number 5") < words.index("A sentence about the work 0")
    assert words.index("the work 0") < words.index("the work 1") < words.index("the work 5")


def test_a_name_in_the_second_column_comes_first() -> None:
    """So does what stands above the first heading of a sidebar, such as an address."""
    side = column(40, 760, "Leeds, UK", "jo@doe.example", "SKILLS", "Baking", "Selling", "Rowing")
    main = column(220, 735, "EXPERIENCE", *[f"{LONG[:60]} {n}" for n in range(6)], step=17)
    found = [plain for _, plain in shown(lines([*side, Text(220, 760, "Jo Doe", 20), *main]))]
    assert found[0] == "Jo Doe"
    assert found.index("jo@doe.example") < found.index("EXPERIENCE") < found.index("SKILLS")


def test_a_sidebar_goes_on_on_the_next_page() -> None:
    """The wide column of both pages is read before the narrow one."""
    pages = [
        [
            *column(40, 780, "SKILLS" if n == 1 else "HOBBIES", *[f"Thing {n} {k}" for k in "abc"]),
            *column(220, 775, *[f"{LONG[:50]} {n} {k}." for k in "abcdef"], step=30),
        ]
        for n in (1, 2)
    ]
    pages[0].append(Text(220, 810, "Jo Doe", 20))
    words = " ".join(plain for _, plain in shown(lines(*pages)))
    order = ["Jo Doe", "1 a.", "1 f.", "2 a.", "2 f.", "SKILLS", "HOBBIES", "Thing 2 c"]
    assert [words.index(part) for part in order] == sorted(words.index(part) for part in order)


def test_headings_alone_beside_text_are_a_column() -> None:
    """Though none of them has anything at its right."""
    side = column(40, 669, "Skills", "Languages", "Interests", step=42)
    main = column(200, 690, *[f"Baked the bread of number {n} for the town" for n in range(12)])
    found = [plain for _, plain in shown(lines([*side, *main]))]
    assert sorted(found) == sorted(text.text for text in [*side, *main])


def test_columns_of_a_newspaper_are_read_page_by_page() -> None:
    """Columns of one width hold one text that flows through them."""
    pages = [
        [
            Text(left, 780 - 30 * n, f"Row {n} of column {side} on page {page} it is.")
            for side, left in (("one", 40), ("two", 310))
            for n in range(5)
        ]
        for page in ("six", "ten")
    ]
    found = [plain for _, plain in shown(lines(*pages))]
    assert found == [
        f"Row {n} of column {side} on page {page} it is."
        for page in ("six", "ten")
        for side in ("one", "two")
        for n in range(5)
    ]


def test_a_list_beside_another_ends_where_text_begins_further_left() -> None:
    """What follows below two lists at the margin of the page is not read between them."""
    left = column(70, 700, "• Dough", "• Rye", "• Spelt")
    right = column(300, 700, "• Ovens", "• Wood", "• Gas", "• Coal")
    found = shown(lines([*left, *right, Text(40, 620, "Boats"), Text(40, 606, "A dinghy.")]))
    assert [plain for _, plain in found] == (
        ["Dough", "Rye", "Spelt", "Ovens", "Wood", "Gas", "Coal", "Boats", "A dinghy."]
    )


def test_dates_at_the_left_belong_to_their_row() -> None:
    """So does a period that a narrow column cuts in two; labels stay with what they label."""
    found = lines(
        [
            Text(40, 700, "Jan 2019 –"),
            Text(150, 700, "Baker", 10, "F2"),
            Text(40, 686, "Mar 2021"),
            Text(150, 686, "Orrin Mills"),
            Text(150, 672, "• Baked the bread of the town."),
            Text(40, 640, "2015 – 2018"),
            Text(150, 640, "Miller", 10, "F2"),
            Text(150, 626, "• Ground the rye of the valley."),
            Text(40, 590, "Kit"),
            Text(150, 590, "Ovens, mills and a very old lorry with three gears"),
        ]
    )
    assert [plain for _, plain in shown(found)] == [
        "Jan 2019 – Mar 2021\tBaker",
        "Orrin Mills",
        "Baked the bread of the town.",
        "2015 – 2018\tMiller",
        "Ground the rye of the valley.",
        "Kit\tOvens, mills and a very old lorry with three gears",
    ]


def test_a_rail_of_headings_and_dates_is_no_column() -> None:
    """Each of its dates has its row; what stands below at the right is the entry's text."""
    rows = [("WORK", ""), ("2019 - 2021", "Baker"), ("", "Baked rye bread for the town of Leeds.")]
    rows += [("2017 - 2019", "Miller"), ("", "Ground it."), ("SCHOOLING", "")]
    rows += [("2015 - 2017", "Baking, Quill School"), ("", "Prize for rolls")]
    page = [
        Text(left, 700 - 20 * n, cell)
        for n, row in enumerate(rows)
        for left, cell in zip((40, 320), row, strict=True)
        if cell
    ]
    assert [line.plain for line in lines(page)] == ["\t".join(filter(None, row)) for row in rows]


def test_periods_that_are_open_stay_apart() -> None:
    """The dash at the end of one is not followed by the start of the next; nor by a place."""
    rows = [
        ("2022 -", "Baker of rye", "Seoul"),
        ("2021 -", "Miller", "Leeds"),
        ("2018 -", "Bard", ""),
    ]
    page = [
        Text(left, 700 - 14 * n, cell)
        for n, row in enumerate([*rows, ("2015 -", "Rower", "2015 - 2016 at night")])
        for left, cell in zip((40, 100, 450), row, strict=True)
        if cell
    ]
    assert [plain for _, plain in shown(lines(page))] == [
        "2022 -\tBaker of rye\tSeoul",
        "2021 -\tMiller\tLeeds",
        "2018 -\tBard",
        "2015 -\tRower\t2015 - 2016 at night",
    ]


def test_bullets_go_on_over_the_end_of_a_page() -> None:
    """A header between the two halves does not part them."""
    pages = [
        [Text(50, 810, "Jo Doe, baker"), Text(50, 60, "• " + LONG), Text(50, 30, "Page 1 of 2")],
        [
            Text(50, 810, "Jo Doe, baker"),
            Text(58, 760, "in four towns."),
            Text(50, 30, "Page 2 of 2"),
        ],
    ]
    found = shown(lines(*pages))
    assert found[0] == ("item", f"{LONG} in four towns.")
    assert found[1:] == [("meta", "Jo Doe, baker")]


def test_letters_set_apart_are_words() -> None:
    """Whether by character spacing or by spaces between them."""
    found = lines(
        [
            Text(50, 700, "WORK AND STUDIES", 10, "F2", spacing=4),
            Text(50, 660, "S K I L L S", 10, "F2"),
            *column(50, 640, "One row of text.", "Another row of text.", "A third row of it."),
        ]
    )
    assert [plain for _, plain in shown(found)][:2] == ["WORK AND STUDIES", "SKILLS"]


def test_raised_letters_belong_to_their_word() -> None:
    """Drawn before it or after it; a small row that touches nothing is a row of its own."""
    page = [
        Text(50, 700, "1"),
        Text(55.6, 704, "st", 6),
        Text(64, 700, "place, Leeds"),
        Text(52.8, 684.5, "th", 6),
        Text(47, 680, "7"),
        Text(62, 680, "of 120"),
        Text(200, 665, "small print", 6),
        Text(50, 660, "A row below it"),
    ]
    assert [plain for _, plain in shown(lines(page))] == (
        ["1st place, Leeds", "7th of 120", "small print", "A row below it"]
    )


def test_a_soft_hyphen_that_is_drawn_is_a_hyphen() -> None:
    """Unlike in other formats, where nobody sees it."""
    assert [line.plain for line in lines([Text(50, 700, "Hands\xadon")])] == ["Hands-on"]


def test_marks_of_any_form_begin_items() -> None:
    """Dashes, glyphs without a space, the hollow "o" of Word and glyphs of symbol fonts."""
    page = [
        *column(50, 700, "- Rye bread", "•Rolls", "– Cakes of all kinds"),
        *(Text(50, 640, "o"), Text(68, 640, "Biscuits"), Text(50, 626, "-5 degrees in winter")),
        *(Text(50, 600, "n", font="F4"), Text(68, 600, "Buns")),
    ]
    assert shown(lines(page)) == [
        ("item", "Rye bread"),
        ("item", "Rolls"),
        ("item", "Cakes of all kinds"),
        ("item", "Biscuits"),
        ("paragraph", "-5 degrees in winter"),
        ("item", "Buns"),
    ]


def test_drawn_bullets_are_bullets() -> None:
    """Small shapes left of text make it an item; a scale of dots adds nothing to the words."""
    squares = "50 701 4 4 re f 50 681 4 4 re f 300 661 4 4 re f 310 661 4 4 re f\n"
    page = [Text(62, 700, "Bread"), Text(62, 680, "Rolls"), Text(50, 660, "Welsh")]
    assert shown(lines(page, drawn=squares)) == [
        ("item", "Bread"),
        ("item", "Rolls"),
        ("paragraph", "Welsh"),
    ]


def test_text_that_stands_upright_is_not_lost() -> None:
    """What runs up the margin comes last, as a line of its own."""
    page = [
        Text(50, 700, "Jo Doe"),
        Text(20, 300, "Printed at night", matrix="0 1 -1 0"),
        Text(50, 680, "Baker"),
    ]
    assert [plain for _, plain in shown(lines(page))] == ["Jo Doe", "Baker", "Printed at night"]


def test_dates_at_the_right_belong_to_their_row() -> None:
    """They come after a tab; a place below them goes with the head of the entry too."""
    found = lines(
        [
            Text(50, 700, "Baker, Orrin Mills", 10, "F2"),
            Text(450, 700, "2019 – 2021"),
            Text(50, 686, "• Baked the bread of the town."),
            Text(450, 686, "Leeds, UK"),
            Text(50, 674, "• Sold it."),
        ]
    )
    assert shown(found) == [
        ("paragraph", "Baker, Orrin Mills\t2019 – 2021\tLeeds, UK"),
        ("item", "Baked the bread of the town."),
        ("item", "Sold it."),
    ]


def _cells(rows: Sequence[Sequence[str]], tops: Sequence[float]) -> list[Text]:
    """Place the lines of each cell below each other, in columns of 110 points."""
    return [
        Text(54 + 110 * column, top - 12 * number, line)
        for row, top in zip(rows, tops, strict=True)
        for column, cell in enumerate(row)
        for number, line in enumerate(cell.split("\n"))
    ]


_WHOLE = [
    (
        "2011 - 2013\tHigher diploma in Conservation of Old Stained Glass\t"
        "Istituto del Vetro e delle Arti, Venezia\t28/30"
    ),
    "2006 - 2011\tDiploma\tLiceo Depero\t88/100",
]
_WRAPPED = (
    (
        "2011 - 2013",
        "Higher diploma in\nConservation of Old\nStained Glass",
        "Istituto del Vetro e\ndelle Arti, Venezia",
        "28/30",
    ),
    ("2006 - 2011", "Diploma", "Liceo Depero", "88/100"),
)


def test_cells_below_a_head_row_are_whole_again() -> None:
    """In a ruled table with a head row, lines that were full are one text."""
    rows = (("Years", "Title", "Institution", "Mark"), *_WRAPPED)
    tops = (700, 680, 640)
    ruled = "".join(f"50 {y} m 490 {y} l S " for y in (712, 692, 650, 628))
    ruled += "".join(f"{x} 628 m {x} 712 l S " for x in (50, 160, 270, 380, 490))
    found = [line.plain for line in lines(_cells(rows, tops), drawn=f"{ruled}\n")]
    assert found == ["Years\tTitle\tInstitution\tMark", *_WHOLE]


def test_cells_without_lines_between_them_are_whole_again() -> None:
    """Beside a date, two columns whose next words had no room go on in the rows below."""
    assert [line.plain for line in lines(_cells(_WRAPPED, (680, 640)))] == _WHOLE


def test_headings_are_told_by_their_look() -> None:
    """The largest is the first level; bold capitals with space above are a heading."""
    found = lines(
        [
            Text(50, 760, "Jo Doe", 22, "F2"),
            Text(50, 720, "Work", 14),
            *(
                Text(50, 700 - 12 * n, f"Some line of text {n}, in plain letters.")
                for n in range(8)
            ),
            Text(50, 580, "BOATS", 10, "F2"),
            Text(50, 568, "A dinghy."),
        ]
    )
    headings = [(line.level, line.plain) for line in found if line.kind is LineKind.HEADING]
    assert headings == [(1, "Jo Doe"), (2, "Work"), (3, "BOATS")]


def test_styles_and_links_reach_the_runs() -> None:
    """Bold and italic come from the font, addresses from the page's links."""
    (line,) = lines(
        [Text(50, 700, "Bread", font="F2"), Text(85, 700, "daily", font="F3")],
        links=["https://bread.example"],
    )
    assert [(r.text, r.bold, r.italic, r.link) for r in line.text.runs] == [
        ("Bread", True, False, "https://bread.example"),
        (" ", False, False, "https://bread.example"),
        ("daily", False, True, "https://bread.example"),
    ]


def test_looks_are_measured_against_the_body() -> None:
    """Size, indent, space and place of each line; the next page begins anew."""
    first = [
        Text(50, 742, "JO DOE", 20, "F2"),
        Text(50, 700, "• " + LONG),
        Text(58, 688, "by hand, and sold in three towns."),
        *(Text(70, 676 - 12 * n, f"• Row {n} of the list.") for n in range(4)),
        Text(50, 610, "Baker"),
    ]
    name, item, inner, *_, baker, rye = lines(first, [Text(50, 800, "Rye bread of the valley.")])
    assert (name.look.size, name.look.caps, name.look.top) == (2.0, True, 80.0)
    assert item.look.bullet
    assert not baker.look.bullet
    assert [line.look.indent for line in (name, item, inner, baker)] == [0, 0, 20, 0]
    assert item.look.space_above > 1
    assert inner.look.space_above == 0
    assert baker.look.space_above == pytest.approx(1.8, abs=0.1)
    assert [(line.look.page, line.look.left) for line in (inner, rye)] == [(1, 70), (2, 50)]


@pytest.mark.parametrize(
    ("faces", "bold"),
    [
        ({"Lora-Regular": 900, "Lora-Bold": 90}, {"Lora-Bold"}),
        ({"ABCDEF+Roboto-Light": 900, "ABCDEG+Roboto-Medium": 90}, {"ABCDEG+Roboto-Medium"}),
        ({"Roboto-Light": 900, "Roboto-Regular": 90}, set()),
        ({"CMR10": 900, "CMBX12": 90, "CMTI10": 50}, {"CMBX12"}),
        ({"NimbusRomNo9L-Regu": 900, "NimbusRomNo9L-Medi": 90}, {"NimbusRomNo9L-Medi"}),
        (
            {"Calibri": 900, "Calibri,Bold": 90, "Oswald-SemiBold": 9},
            {"Calibri,Bold", "Oswald-SemiBold"},
        ),
        ({"Montserrat-SemiBold": 900, "Wingdings": 9}, set()),
        ({"DejaVuSerif": 160, "DejaVuSerif-Bold": 185}, {"DejaVuSerif-Bold"}),
    ],
)
def test_bold_is_told_by_comparison(faces: dict[str, int], bold: set[str]) -> None:
    """With regular letters, and with the main face of the family; what all text has is not bold."""
    letters = {face_of(font): count for font, count in faces.items()}
    assert bold_faces(letters) == {face_of(font) for font in bold}


def test_fields_of_forms_and_text_boxes_are_read() -> None:
    """With the look that a program gave them or without; a reviewer's note is no text."""
    look = "BT /F1 10 Tf 2 4 Td (Quillmere Mills) Tj ET"
    shown = "BT /F1 10 Tf 50 700 Td (Employer) Tj ET"
    fonts = "<< /Font << /F1 5 0 R >> >>"
    form = f"<< /Fields [6 0 R 7 0 R] /DR {fonts} /DA (/F1 10 Tf 0 g) >>"
    page = "/Type /Page /Parent 2 0 R /Contents 4 0 R /Annots [6 0 R 7 0 R 8 0 R 10 0 R]"
    box = "/Type /Annot /F 4 /DA (/F1 10 Tf 0 g)"
    field = f"{box} /Subtype /Widget /FT /Tx"
    inside = f"/Subtype /Form /BBox [0 0 150 14] /Length {len(look)} /Resources {fonts}"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /AcroForm {form} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
        f"<< {page} /Resources {fonts} >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< {field} /T (a) /V (Quillmere Mills) /Rect [150 696 300 710] /AP << /N 9 0 R >> >>",
        f"<< {field} /T (b) /V (2019 - 2021) /Rect [350 694 500 708] >>",
        f"<< {box} /Subtype /FreeText /Contents (Baker by night) /Rect [50 650 300 664] >>",
        f"<< /Type /XObject {inside} >>\nstream\n{look}\nendstream",
        "<< /Type /Annot /Subtype /Text /Rect [50 600 60 610] /Contents (Nice!) >>",
    ]
    found = read_pdf(Content("cv.pdf", file_of(objects), "CV"))
    assert [line.plain.split("\t") for line in found] == [
        ["Employer", "Quillmere Mills", "2019 - 2021"],
        ["Baker by night"],
    ]


def test_headers_and_page_numbers_are_no_text() -> None:
    """What comes on each page stands aside, once; page numbers are dropped."""
    pages = [
        [
            Text(50, 20, f"Confidential, page {n}"),
            Text(280, 30, f"{n}/2"),
            *(Text(50, 700 - 12 * k, f"Line {n} {k} of the text.") for k in range(4)),
        ]
        for n in (1, 2)
    ]
    found = shown(lines(*pages))
    assert [plain for kind, plain in found if kind == "meta"] == ["Confidential, page 1"]
    assert not any("/2" in plain for _, plain in found)


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("top 5 % of submis-", "sions", "top 5 % of submissions"),
        ("a GPU-", "based one", "a GPU-based one"),
        ("well-", "known", "well-known"),
        ("data-", "driven work", "data-driven work"),
        ("of model-", "ing", "of modeling"),
        ("from 2019 -", "a year", "from 2019 - a year"),
        ("-", "rye", "- rye"),
        ("soft\u00ad", "ware", "software"),
        ("bread", "and butter", "bread and butter"),
    ],
)
def test_hyphens(before: str, after: str, whole: str) -> None:
    """A word that the margin cut is whole again; a hyphen of the word's own stays."""
    assert joined(before, after) == whole


def test_a_whole_cv(tmp_path: Path) -> None:
    """Name, contact, position with dates, and bullets come out as a CV."""
    path = tmp_path / "cv.txt"  # the name has no say
    path.write_bytes(
        pdf(
            [
                Text(50, 780, "Mina Orrin", 22, "F2"),
                Text(50, 760, "mina@example.org | Leeds, UK"),
                Text(50, 730, "Experience", 14, "F2"),
                Text(50, 710, "Baker, Quillmere Mills", 10, "F2"),
                Text(420, 710, "Jan 2019 – Mar 2021"),
                Text(50, 698, "• Baked rye bread."),
                Text(50, 686, "• Sold it."),
            ]
        )
    )
    cv = tailor.read_cv(path)
    assert cv.name == "Mina Orrin"
    (entry,) = cv.positions
    assert (entry.title, entry.organisation) == ("Baker", "Quillmere Mills")
    assert entry.period == Period(Date(2019, 1), Date(2021, 3))
    assert [bullet.text.plain for bullet in entry.bullets] == ["Baked rye bread.", "Sold it."]
    assert cv.unplaced == ()


def refused(data: bytes, words: str) -> None:
    """Check that `data` gives one line that says `words` and a way out."""
    with pytest.raises(CvError, match=words) as error:
        read_pdf(Content("cv.pdf", data, "CV"))
    assert str(error.value).startswith("cv.pdf: ")
    assert "\n" not in str(error.value)


def test_what_cannot_be_read() -> None:
    """Pictures only, a password, damage and excess each get their own words."""
    refused(pdf([]), "pictures of text")
    locked = "/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
    locked += f"/O <{'00' * 32}> /U <{'00' * 32}> >> "
    refused(pdf([Text(50, 700, "x")], trailer=locked), "password")
    refused(b"%PDF-1.7\nnothing of a PDF follows", "damaged")
    with using(Limits(pdf_pages=2)):
        refused(pdf(*[[Text(50, 700, "x")]] * 3), "more than 2 pages")
    with using(Limits(text=10)):
        refused(pdf([Text(50, 700, "x" * 11)]), "more than 10")


def test_what_takes_for_ever_is_stopped() -> None:
    """A kilobyte of drawings that call each other draws 10^12 words; it costs a second."""
    fonts = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
        "<< /Length 5 >>\nstream\n/X Do\nendstream",
    ]
    for depth in range(12):
        body = "BT /F 9 Tf (word) Tj ET" if depth == 11 else "/X Do " * 10
        objects.append(
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Length {len(body)} "
            f"/Resources << {fonts} /XObject << /X {depth + 6} 0 R >> >> >>\n"
            f"stream\n{body}\nendstream"
        )
    with using(Limits(seconds=1)):
        refused(file_of(objects), "takes longer than 1 seconds")


@given(st.integers(0, 3000), st.binary(max_size=6), st.integers(0, 40))
def test_damage_never_ends_in_a_traceback(place: int, new: bytes, cut: int) -> None:
    """Whatever is changed in a file, it is read or refused."""
    data = pdf(
        [Text(50, 700, "Jo Doe", 20), Text(50, 680, "• Baked.")], links=["https://x.example"]
    )
    place %= len(data)
    damaged = b"%PDF-1.4\n" + data[9:place] + new + data[place + cut :]
    try:
        found = read_pdf(Content("cv.pdf", damaged, "CV"))
    except TailorError:
        return
    assert all(line.plain for line in found)


_WORDS = st.text("abcdefgh", min_size=2, max_size=7)
_PLACED = st.builds(
    Text,
    st.integers(4, 50).map(lambda n: n * 10),
    st.integers(2, 80).map(lambda n: n * 10),
    st.lists(_WORDS, min_size=1, max_size=6).map(" ".join),
    st.sampled_from([8, 10, 14]),
    st.sampled_from(["F1", "F2"]),
)


@given(st.lists(st.lists(_PLACED, min_size=1, max_size=12), min_size=1, max_size=2))
def test_no_word_is_lost(pages: list[list[Text]]) -> None:
    """However words lie on the pages, each comes out; on one page, as often as it went in."""
    apart = [[text for text in page if _is_clear(text, page)] for page in pages]
    if not any(apart):
        return
    found = lines(*apart)
    put_in = sorted(word for page in apart for text in page for word in text.text.split())
    given_out = sorted(word for line in found for word in line.plain.split())
    assert set(given_out) == set(put_in)
    if len(pages) == 1:  # what several pages repeat at their edges is given once
        assert given_out == put_in


def _is_clear(text: Text, page: Sequence[Text]) -> bool:
    """Tell a text that no other one of the page lies upon."""
    return not any(
        other is not text
        and abs(other.baseline - text.baseline) < 25
        and other.left < text.left + 8 * len(text.text) + 20
        and text.left < other.left + 8 * len(other.text) + 20
        for other in page
    )


def test_a_list_without_marks_is_not_run_together() -> None:
    """Wide rows between two gaps that all begin in capitals are lines, though words did not fit."""
    long = "Level 3 Diploma in the Nursing of Animals, Harper College, with merit"
    rows = [
        long,
        "Certificate in Anaesthesia of Animals, Royal College, with distinction",
        "Licence",
    ]
    found = [
        plain for _, plain in shown(lines([Text(50, 700 - 12 * n, t) for n, t in enumerate(rows)]))
    ]
    assert found == rows


def test_the_end_of_a_period_below_its_start_is_joined() -> None:
    """As where "Present" did not fit at the right edge."""
    found = lines(
        [
            Text(50, 700, "Data Engineer, Kestrel"),
            Text(420, 700, "May 2021 –"),
            Text(50, 688, "Present"),
            Text(50, 676, "Built a warehouse for claims."),
        ]
    )
    assert "May 2021 – Present" in shown(found)[0][1]


def test_a_full_line_parts_its_dates_by_their_weight() -> None:
    """Where a tab has no room left, a number of another weight touches the word before it."""
    page = [Text(50, 700, "Bakery", font="F2"), Text(83.9, 700, "1 March 2018")]
    assert shown(lines(page)) == [("paragraph", "Bakery\t1 March 2018")]
    page = [Text(50, 700, "Bakery"), Text(83.9, 700, "24", 7)]
    assert "\t" not in shown(lines(page))[0][1]
