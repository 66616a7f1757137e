"""Word files become lines: all that Word shows, in reading order, with headings and lists."""

from __future__ import annotations

import docx
from docx.shared import Pt
from docx_files import (
    NAMESPACES,
    add_xml,
    field,
    new_document,
    paragraph,
    read,
    repacked,
    run,
    saved,
    shown,
    table,
    text_box,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from tailor.document.document import render_docx
from tailor.layout.typography import Paragraph, Style
from tailor.reading.cv.structure import build_cv
from tailor.reading.files import Content
from tailor.reading.lines import LineKind, Look
from tailor.reading.posting.text import posting_of_lines
from tailor.reading.word.lines import read_docx
from tailor.values.cv import Cv, RichText, Run


def plains(*xml: str) -> list[str]:
    """Return the texts of the lines of a document made of this XML."""
    return [line.plain for line in read(new_document(*xml))]


def p(content: str, properties: str = "") -> str:
    """Return the XML of a paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


# Headings


def test_heading_styles_give_headings_with_their_levels() -> None:
    """Word's own heading styles count, and the title is a heading of level 1."""
    document = docx.Document()
    document.add_paragraph("Ada Vermeer", style="Title")
    document.add_paragraph("Systems engineer", style="Subtitle")
    document.add_heading("Experience", 1)
    document.add_heading("Engineer, Brightwater", 2)
    document.add_heading("Deep below", 9)
    assert shown(read(document)) == [
        "heading 1: Ada Vermeer",
        "paragraph: Systems engineer",
        "heading 1: Experience",
        "heading 2: Engineer, Brightwater",
        "heading 6: Deep below",
    ]


def test_headings_are_known_in_any_language_of_word() -> None:
    """Ids of styles are translated; names, outline levels and what styles are based on tell."""
    document = docx.Document()
    heading = document.styles["Heading 1"]
    heading.element.set(heading.element.tag.replace("style", "styleId"), "berschrift1")
    own = document.styles.add_style("Abschnitt", 1)
    own.base_style = document.styles["Heading 2"]
    add_xml(document, p(run("Berufserfahrung"), '<w:pStyle w:val="berschrift1"/>'))
    add_xml(document, p(run("Projekte"), '<w:pStyle w:val="Abschnitt"/>'))
    add_xml(document, p(run("Sprachen"), '<w:outlineLvl w:val="2"/>'))
    assert [line.level for line in read(document)] == [1, 2, 3]


def test_without_styles_the_look_tells_name_sections_and_entries() -> None:
    """Bold heads of entries are none of sections; a heading may have a note on its line."""
    note = "all of them are on example.org/jane/publications"
    document = docx.Document()
    paragraph(document, "Jane Quill", bold=True, size=20)
    for section, head in (
        ("Experience", "Analyst, Fernhill Data, 2019 – 2021"),
        ("Education", "BSc Mathematics, University of Leeds, 2016"),
        (f"Publications\t{note}", ""),
    ):
        paragraph(document, section, bold=True, size=14)
        if head:
            paragraph(document, head, bold=True)
        paragraph(document, "Wrote monthly reports for eleven depots and read them aloud.")
    cv = build_cv(read(document))
    assert cv.name == "Jane Quill"
    assert [section.heading for section in cv.sections] == [
        *("Experience", "Education", "Publications")
    ]
    assert [entry.title for entry in cv.entries] == ["Analyst", "BSc Mathematics"]
    assert cv.sections[2].note.plain == note


def test_titles_of_positions_stay_paragraphs_with_bold_runs() -> None:
    """A bold line in the size of the text is the head of an entry."""
    document = docx.Document()
    paragraph(document, "Experience", size=16)
    paragraph(document, "Analyst", bold=True)
    paragraph(document, "Wrote monthly reports for eleven depots.")
    paragraph(document, "Education", size=16)
    line = read(document)[1]
    assert (line.kind, line.text) == (LineKind.PARAGRAPH, RichText.of([Run("Analyst", bold=True)]))


def test_a_name_beside_a_narrow_column_comes_first() -> None:
    """A sidebar that comes before the name in the file is read after the name."""
    document = docx.Document()
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    for text in ("Skills", "Go, Rust", "Languages", "Dutch"):
        paragraph(left, text, bold=text in {"Skills", "Languages"}, size=12)
    paragraph(right, "Ada Vermeer", bold=True, size=26)
    paragraph(right, "Systems engineer")
    paragraph(right, "Experience", bold=True, size=12)
    assert [line.plain for line in read(document)] == [
        *("Ada Vermeer", "Systems engineer", "Skills", "Go, Rust", "Languages", "Dutch"),
        "Experience",
    ]


def test_bold_and_larger_lines_of_postings_are_headings() -> None:
    """Postings have no entries with bold titles."""
    document = docx.Document()
    paragraph(document, "Backend engineer", size=16)
    paragraph(document, "What you will do", bold=True)
    paragraph(document, "Build interfaces that other teams rely on.")
    posting = posting_of_lines(read(document, "posting"))
    assert [line.is_heading for line in posting.lines] == [True, True, False]


# Lists


def test_lists_are_items_with_levels() -> None:
    """List styles, numbered ones too, give items; so do marks that somebody typed."""
    document = docx.Document()
    document.add_paragraph("Ran servers", style="List Bullet")
    document.add_paragraph("and switches", style="List Bullet 2")
    document.add_paragraph("Wrote tools", style="List Number")
    document.add_paragraph("• Typed a bullet")
    document.add_paragraph("- Typed a dash")
    assert shown(read(document)) == [
        "item 1: Ran servers",
        "item 2: and switches",
        "item 1: Wrote tools",
        "item 1: • Typed a bullet",
        "item 1: - Typed a dash",
    ]


def test_numbering_of_a_paragraph_gives_its_level() -> None:
    """What `w:numPr` says counts, and the number 0 takes a paragraph out of its list."""
    document = new_document()
    style = document.styles["List Bullet"]
    number = style.element.pPr.numPr.numId.val

    def numbered(level: int, number: int) -> str:
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'

    add_xml(document, p(run("one"), numbered(0, number)))
    add_xml(document, p(run("none"), '<w:pStyle w:val="ListBullet"/>' + numbered(0, 0)))
    assert shown(read(document)) == ["item 1: one", "paragraph: none"]


def test_a_numbering_without_marks_is_no_list() -> None:
    """A level whose text is blank only indents."""
    document = new_document()
    levels = document.part.numbering_part.element.findall(".//{*}lvlText")
    for level in levels:
        level.set(level.tag.replace("lvlText", "val"), "")
    number = document.styles["List Bullet"].element.pPr.numPr.numId.val
    add_xml(document, p(run("indented"), f'<w:numPr><w:numId w:val="{number}"/></w:numPr>'))
    assert shown(read(document)) == ["paragraph: indented"]


def test_bullets_from_symbol_fonts_are_items() -> None:
    """Word writes them as symbols, as private-use characters, or in another font."""
    lines = read(
        new_document(
            p('<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>' + run(" one")),
            p(run("\uf0a7 two")),
            p(run("§", '<w:rFonts w:ascii="Wingdings"/>') + run(" three")),
        )
    )
    assert shown(lines) == ["item 1: • one", "item 1: ▪ two", "item 1: ▪ three"]


def test_a_mark_in_a_paragraph_of_its_own_belongs_to_the_next() -> None:
    """Converted files have them."""
    assert shown(read(new_document(p(run("•")), p(run("Ran servers"))))) == [
        "item 1: • Ran servers"
    ]


# The inside of paragraphs


def test_runs_keep_bold_italic_and_links() -> None:
    """Also where a character style says so; bold in a bold style is not bold."""
    document = new_document()
    link = document.part.relate_to(
        "https://example.org/a",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    add_xml(
        document,
        p(
            run("a", "<w:b/>")
            + run("b", '<w:rStyle w:val="Emphasis"/>')
            + run("c", '<w:b w:val="0"/>')
            + f'<w:hyperlink r:id="{link}">{run("d")}</w:hyperlink>'
            + '<w:hyperlink w:anchor="top">'
            + run("e")
            + "</w:hyperlink>"
        ),
    )
    assert read(document)[0].text.runs == (
        Run("a", bold=True),
        Run("b", italic=True),
        Run("c"),
        Run("d", link="https://example.org/a"),
        Run("e"),
    )


def test_fields_show_their_results() -> None:
    """Codes are not read; HYPERLINK gives a link; an unfinished field hides nothing."""
    simple = f'<w:fldSimple w:instr="AUTHOR">{run("Jane")}</w:fldSimple>'
    lines = read(
        new_document(
            p(field(' HYPERLINK "https://example.org" \\o "tip" ', "my site") + simple),
            p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'),
            p(run("after")),
        )
    )
    assert [line.plain for line in lines] == ["my siteJane", "after"]
    assert lines[0].text.runs[0].link == "https://example.org"


def test_tracked_changes_are_read_as_accepted() -> None:
    """Insertions are read, deletions are not, moved text where it went."""
    assert plains(
        p(
            f"<w:ins>{run('new ')}</w:ins><w:del><w:r><w:delText>old </w:delText></w:r></w:del>"
            f"<w:moveFrom>{run('from ')}</w:moveFrom><w:moveTo>{run('to')}</w:moveTo>"
        )
    ) == ["new to"]


def test_hidden_text_is_not_read() -> None:
    """Word does not show it."""
    assert plains(p(run("shown ") + run("hidden", "<w:vanish/>") + run("too"))) == ["shown too"]


def test_breaks_tabs_and_hyphens() -> None:
    """Line breaks part lines, tabs part cells; soft hyphens are nothing."""
    assert plains(
        p(
            "<w:r><w:t>Engineer</w:t><w:tab/><w:t>2019</w:t><w:br/><w:t>Bright</w:t>"
            "<w:softHyphen/><w:t>water</w:t><w:noBreakHyphen/><w:t>Hull</w:t></w:r>"
        )
    ) == ["Engineer\t2019", "Brightwater-Hull"]


def test_a_sentence_broken_by_hand_is_one_line() -> None:
    """A break in mid-sentence is there for the layout."""
    text = "Moved the billing of nine hundred thousand households"
    assert plains(p(f"<w:r><w:t>{text}</w:t><w:br/><w:t>to the new ledger.</w:t></w:r>")) == [
        f"{text} to the new ledger."
    ]


def test_content_controls_and_smart_tags_are_descended() -> None:
    """Blocks, rows, cells and words may be wrapped; unfilled controls say nothing."""

    def control(content: str, properties: str = "") -> str:
        return (
            f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )

    cell = control(f"<w:tc>{p(run('cell'))}</w:tc>")
    empty = run("Click here", '<w:rStyle w:val="PlaceholderText"/>')
    document = new_document(
        control(p(run("block"))),
        p(control(run("word")) + f"<w:smartTag>{run(' tagged')}</w:smartTag>"),
        f"<w:tbl>{control(f'<w:tr>{cell}</w:tr>')}</w:tbl>",
        p(run("seen ") + control(empty, "<w:showingPlcHdr/>")),
    )
    style = document.styles.add_style("Placeholder Text", 2)
    assert style.style_id == "PlaceholderText"
    assert [line.plain for line in read(document)] == ["block", "word tagged", "cell", "seen"]


def test_text_boxes_are_read_once_where_they_are_anchored() -> None:
    """Word writes each box twice, for old programs; before the text or after it."""
    box = p(run("in the box"))
    assert plains(p(text_box(box) + run("text"))) == ["in the box", "text"]
    assert plains(p(run("text") + text_box(box))) == ["text", "in the box"]
    assert plains(p(run("text") + text_box(box, twice=False))) == ["text", "in the box"]


# Tables


def test_short_cells_of_a_row_make_one_line() -> None:
    """Tabs stand between them."""
    document = docx.Document()
    table(document, [["BSc Physics, Aldermoor College", "2010"], ["Dutch", "native"]])
    assert [line.plain for line in read(document)] == [
        "BSc Physics, Aldermoor College\t2010",
        "Dutch\tnative",
    ]


def test_dates_in_a_column_join_the_entry_beside_them() -> None:
    """The dates share the line of the title, the place that of the employer."""
    document = docx.Document()
    entry = ["Engineer", "Brightwater", "- Ran servers"]
    table(document, [["2019 – 2021", entry], [entry, ["Jan 2015 –", "May 2018"]]])
    table(document, [[["Engineer", "Brightwater"], ["2019 – 2021", "Hull, UK"]]])
    assert [line.plain for line in read(document)] == [
        *("2019 – 2021\tEngineer", "Brightwater", "- Ran servers"),
        *("Engineer\tJan 2015 – May 2018", "Brightwater", "- Ran servers"),
        *("Engineer\t2019 – 2021", "Brightwater\tHull, UK"),
    ]


def test_other_cells_are_read_one_after_the_other() -> None:
    """As in a layout of two columns, tables in tables included; a heading keeps its line."""
    document = docx.Document()
    table(document, [[["a", "b"], ["c", "d"]], ["Skills", "Go, Rust"]])
    table(document.tables[0].cell(0, 1), [["e", "f"]])
    assert [line.plain for line in read(document)] == [
        *("a", "b", "c", "d", "e\tf"),
        *("Skills", "Go, Rust"),
    ]


def test_merged_cells_are_read_once() -> None:
    """Word leaves empty or old paragraphs in the cells below a merged one."""
    document = docx.Document()
    table(document, [["tall", "a"], ["", "b"]])
    made = document.tables[0]
    made.cell(0, 0).merge(made.cell(1, 0))
    assert [line.plain for line in read(document)] == ["tall\ta", "b"]


# Margins


def test_headers_come_first_and_contacts_of_footers_below_the_name() -> None:
    """Page numbers and other footers are no part of the page."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "sam@example.org"
    section.footer.paragraphs[0].text = "www.samtide.example.com"
    section.footer.add_paragraph("Confidential")
    add_xml_to = section.footer.add_paragraph()._p  # noqa: SLF001
    for element in new_document(p(run("Page ") + field("PAGE", "1"))).element.body[0]:
        add_xml_to.append(element)
    document.add_paragraph("Sam Tide", style="Title")
    document.add_heading("Employment", 1)
    assert shown(read(document)) == [
        "paragraph: sam@example.org",
        "heading 1: Sam Tide",
        "paragraph: www.samtide.example.com",
        "heading 1: Employment",
        "meta: Confidential",
        "meta: Page 1",
    ]


def test_what_headers_repeat_is_read_once() -> None:
    """The text has it already, or the header of another page; unused headers are not shown."""
    document = docx.Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "sam@example.org"
    section.header.paragraphs[0].text = "Sam Tide | sam@example.org"
    section.even_page_header.paragraphs[0].text = "never shown"
    document.add_paragraph("Sam Tide")
    document.add_paragraph("sam@example.org")
    assert [line.plain for line in read(document)] == ["Sam Tide", "sam@example.org"]


def test_footnotes_come_last() -> None:
    """Those that the text refers to, and not the line above them."""
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    data = saved(new_document(p(run("Jane") + note), p(run("Quill"))))
    notes = (
        f'<w:footnotes {NAMESPACES}><w:footnote w:id="0" w:type="separator">{p(run("---"))}'
        f'</w:footnote><w:footnote w:id="1">{p(run("unused"))}</w:footnote>'
        f'<w:footnote w:id="2">{p(run("as of 2021"))}</w:footnote></w:footnotes>'
    )
    relationships = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="footnotes.xml" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/footnotes"/></Relationships>'
    )
    parts = {
        "word/footnotes.xml": notes.encode(),
        "word/_rels/document.xml.rels": relationships.encode(),
    }
    assert shown(read(repacked(data, parts))) == [
        "paragraph: Jane",
        "paragraph: Quill",
        "meta: as of 2021",
    ]


# Numbers and gaps


def test_numbers_count_lines_and_empty_paragraphs() -> None:
    """An empty paragraph is a gap; so is more than the usual space."""
    document = docx.Document()
    for text in ("a", "b", "", "c"):
        paragraph(document, text)
    paragraph(document, "d", before=12)
    assert [(line.plain, line.number, line.gap) for line in read(document)] == [
        *(("a", 1, False), ("b", 2, False), ("c", 4, True), ("d", 5, True))
    ]


def test_lines_bear_their_looks() -> None:
    """Sizes and spaces over the body's size, indents in points, marks, capitals, cells."""
    document = docx.Document()
    paragraph(document, "Jane Quill", size=22, before=11)
    paragraph(document, "Wrote monthly reports for eleven depots.")
    document.add_paragraph("Ran servers", style="List Bullet")
    table(document, [["Dutch", "native"], ["WELSH", ["some", "of it"]]])
    document.paragraphs[1].paragraph_format.left_indent = Pt(18)
    looks = {line.plain: line.look for line in read(document)}
    assert looks["Jane Quill"] == Look(size=2.0)
    assert looks["Wrote monthly reports for eleven depots."] == Look(indent=18.0)
    assert (looks["Ran servers"].bullet, looks["Ran servers"].indent) == (True, 18.0)
    assert (looks["Dutch\tnative"].cell, looks["of it"].cell) == ((0, 0, 0), (0, 1, 1))
    assert [plain for plain, look in looks.items() if look.caps] == ["WELSH"]


# The whole


def test_the_projects_own_file_reads_back(sample_cv: Cv) -> None:
    """All entries, dates, places, bullets and contacts of the sample CV survive the way."""
    data = render_docx(
        list(_paragraphs(sample_cv)), title="CV", author=sample_cv.name, language="en-GB"
    )
    found = build_cv(read_docx(Content("cv.docx", data, "CV")), sample_cv.source)
    assert found.name == sample_cv.name
    assert found.headline == sample_cv.headline
    assert [c.text for c in found.contacts] == [c.text for c in sample_cv.contacts]
    assert [(e.titles, e.organisation, e.place, e.period) for e in found.entries] == [
        (e.titles, e.organisation, e.place, e.period) for e in sample_cv.entries
    ]
    assert list(found.bullets()) == list(sample_cv.bullets())
    assert not found.unplaced


def _paragraphs(cv: Cv) -> list[Paragraph]:
    """Lay out the whole of a CV as the page does."""
    contacts = RichText.of(" | ".join(contact.text for contact in cv.contacts))
    found = [
        Paragraph(Style.NAME, RichText.of(cv.name)),
        Paragraph(Style.HEADLINE, RichText.of(cv.headline)),
        Paragraph(Style.CONTACT, contacts),
    ]
    for section in cv.sections:
        found.append(Paragraph(Style.SECTION, RichText.of(section.heading)))
        found += [Paragraph(Style.BULLET, bullet.text) for bullet in section.bullets]
        for entry in section.entries:
            ends = (entry.period.start, entry.period.end)
            dates = " – ".join(f"{d.month:02}/{d.year}" if d else "Present" for d in ends)
            head = f"{' » '.join(entry.titles)}\t{dates}"
            found.append(Paragraph(Style.ENTRY, RichText.of(head)))
            where = f"{entry.organisation}, {entry.place}"
            found.append(Paragraph(Style.ORGANISATION, RichText.of([Run(where, italic=True)])))
            found += [Paragraph(Style.BULLET, bullet.text) for bullet in entry.bullets]
    return found


_words = st.text("abcdeÄß,.–•12@ ", min_size=1, max_size=30)


_cells = st.lists(_words, min_size=1, max_size=3)


@settings(max_examples=10)
@given(st.lists(st.lists(_cells, min_size=2, max_size=2), max_size=3))
def test_no_word_is_lost_or_invented(rows: list[list[list[str]]]) -> None:
    """Whatever stands in paragraphs and tables comes out, each word once."""
    document = docx.Document()
    for row in rows:
        table(document, [row])
        document.add_paragraph(row[0][0])
    document.add_paragraph("end")
    words = [w for row in rows for cell in row for text in cell for w in text.split()]
    words += [w for row in rows for w in row[0][0].split()] + ["end"]
    found = [w for line in read(document) for w in line.plain.split()]
    assert sorted(found) == sorted(words)
