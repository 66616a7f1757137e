"""Whose lines are whose: employers and roles in forms that templates in wide use have."""

from __future__ import annotations

from pathlib import Path

import docx
import typst

from tailor import read_cv


def _heads(path: Path) -> list[tuple[str, str, str, int]]:
    cv = read_cv(path)
    return [(e.titles[0], e.organisation, e.place, len(e.bullets)) for e in cv.positions]


def test_employers_that_are_items_of_a_list(tmp_path: Path) -> None:
    """An employer with a bullet before it is no bullet of the employer above."""
    role = "#grid(columns: (1fr, auto), [{}], [{}])\n"
    page = "#set page(margin: 2cm)\n#set text(size: 10pt)\n= Oona Tuominen\noona\\@example.org\n"
    page += "\n== Experience\n"
    for firm, town, title, period, did in (
        ("Koskela Leather", "Turku, Finland", "Saddler", "May 2015 – June 2023", "saddles"),
        ("Bridle and Sons", "Leeds, UK", "Apprentice", "Sep 2012 – April 2015", "bridles"),
        ("Halter Works", "Lahti, Finland", "Helper", "June 2010 – Aug 2012", "halters"),
    ):
        page += role.format(f"• {firm}", town) + role.format(f"#h(8pt){title}", period)
        page += f"#pad(left: 24pt)[◦ Made and mended {did} for riding schools.]\n"
    (tmp_path / "cv.typ").write_text(page)
    typst.compile(str(tmp_path / "cv.typ"), output=str(tmp_path / "cv.pdf"))
    assert _heads(tmp_path / "cv.pdf") == [
        ("Saddler", "Koskela Leather", "Turku, Finland", 1),
        ("Apprentice", "Bridle and Sons", "Leeds, UK", 1),
        ("Helper", "Halter Works", "Lahti, Finland", 1),
    ]


def test_an_employer_with_a_sentence_about_it(tmp_path: Path) -> None:
    """What is said of an employer stands neither under the employer above nor for a role."""
    path = tmp_path / "cv.md"
    path.write_text(
        "# Oona Tuominen\noona@example.org\n\n## Experience\n\n"
        "### Koskela Leather — Turku\n\n> Koskela makes saddles for trotters.\n\n"
        "#### Head Saddler (May 2019 – June 2023)\n\n- Led six saddlers.\n\n"
        "#### Saddler (May 2015 – April 2019)\n\n- Made forty saddles a year.\n\n"
        "### Bridle and Sons — Leeds\n\n> Bridle is a family firm.\n\n"
        "#### Apprentice (Sep 2012 – April 2015)\n\n- Stitched bridles.\n"
    )
    assert _heads(path) == [
        ("Head Saddler", "Koskela Leather", "Turku", 2),
        ("Saddler", "Koskela Leather", "Turku", 1),
        ("Apprentice", "Bridle and Sons", "Leeds", 2),
    ]


def test_labelled_fields(tmp_path: Path) -> None:
    """Forms for job portals name each field; a period may stand in two, two fields in a line."""
    document = docx.Document()
    document.add_heading("Oona Tuominen", 0)
    document.add_paragraph("Email: mailto:oona@example.org\tPhone: tel:+358 40 123 4567")
    document.add_heading("Work Experience", 1)
    for firm, title, period in (
        ("Koskela Leather", "Saddler", "From: 05/2015\nTo: Present"),
        ("Bridle and Sons", "Apprentice", "Dates: Sep 2012 – April 2015\tLocation: Leeds, UK"),
    ):
        for line in (f"Job Title: {title}", f"Company: {firm}", *period.split("\n")):
            document.add_paragraph(line)
        document.add_paragraph("Made and mended saddles.", style="List Bullet")
    document.save(str(tmp_path / "cv.docx"))
    cv = read_cv(tmp_path / "cv.docx")
    assert [contact.text for contact in cv.contacts] == ["oona@example.org", "+358 40 123 4567"]
    first, second = cv.positions
    assert (first.titles, first.organisation, first.period.present) == (
        ("Saddler",),
        "Koskela Leather",
        True,
    )
    assert second.period.end
    assert (second.titles, second.place, second.period.end.month) == (
        ("Apprentice",),
        "Leeds, UK",
        4,
    )


def test_numbers_and_signs_of_old_fonts(tmp_path: Path) -> None:
    """Small capitals of the private area are letters, a letter before each row is its bullet."""
    page = "#set page(margin: 2cm)\n#set text(size: 10pt)\n= Oona Tuominen\noona\\@example.org\n"
    small = "".join(chr(0xF700 + ord(letter)) for letter in "oskela")
    page += f"\n== Experience\n*K{small} Leather*, Saddler #h(1fr) 2015/05-2023/06\n\n"
    for done in ("Made saddles", "Mended saddles", "Cut leather", "Taught two pupils", "Sold bits"):
        page += f"f#h(6pt){done} for riding schools in the south.\n\n"
    (tmp_path / "cv.typ").write_text(page)
    typst.compile(str(tmp_path / "cv.typ"), output=str(tmp_path / "cv.pdf"))
    (job,) = read_cv(tmp_path / "cv.pdf").positions
    assert "Koskela Leather" in {job.organisation, *job.titles}
    assert (str(job.period.start), len(job.bullets)) == ("Date(year=2015, month=5)", 5)
    assert all(bullet.text.plain[0].isupper() for bullet in job.bullets)


def test_firms_places_and_titles_that_have_more_to_them(tmp_path: Path) -> None:
    """Legal forms tell firms; two words and a state are a place; a title keeps what tells more."""
    path = tmp_path / "cv.txt"
    path.write_text(
        "ROSA MARCHETTI\nrosa@example.org\n\nWORK\n\n"
        "Harbour Pilot\n"
        "Port Services Illawarra, Port Kembla NSW, Australia (Jul '15 - Jan '20)\n"
        "* Brought ships in.\n\n"
        "Fruit Packer (seasonal, then permanent)\n"
        "Frutteti della Valle Srl, Trento (Mar 2012 - Jun 2015)\n"
        "* Packed pears.\n\n"
        "Area Inspector: Northern Lakes\n"
        "Ferries du Lac de Neuchâtel SA, Neuchâtel (Jan 2010 - Feb 2012)\n"
        "* Inspected piers.\n"
    )
    assert _heads(path) == [
        ("Harbour Pilot", "Port Services Illawarra", "Port Kembla NSW, Australia", 1),
        ("Fruit Packer (seasonal, then permanent)", "Frutteti della Valle Srl", "Trento", 1),
        ("Area Inspector: Northern Lakes", "Ferries du Lac de Neuchâtel SA", "Neuchâtel", 1),
    ]


def test_firms_beside_unknown_towns(tmp_path: Path) -> None:
    """A firm with "du" or "de la" in its name is one by its legal form, whatever stands beside."""
    document = docx.Document()
    document.add_paragraph("Mathilde Berger")
    document.add_paragraph("mathilde@example.org")
    document.add_heading("Experience", 1)
    for title, dates, firm, town in (
        (
            "Deputy Technical Manager",
            "since 11/2019",
            "Téléphériques du Mont Clair SA",
            "Le Biolley",
        ),
        ("Winch Mechanic", "12/2013 – 10/2019", "Seilwinden Hochtal AG", "Andermatt"),
        ("Farm Mechanic", "08/2008 – 10/2010", "Tuilerie de la Combe Sàrl", "La Fouly"),
    ):
        document.add_paragraph().add_run(f"{title}\t{dates}").bold = True
        document.add_paragraph().add_run(f"{firm}\t{town}").italic = True
        document.add_paragraph("Kept machines running.", style="List Bullet")
    document.save(str(tmp_path / "cv.docx"))
    assert _heads(tmp_path / "cv.docx") == [
        ("Deputy Technical Manager", "Téléphériques du Mont Clair SA", "Le Biolley", 1),
        ("Winch Mechanic", "Seilwinden Hochtal AG", "Andermatt", 1),
        ("Farm Mechanic", "Tuilerie de la Combe Sàrl", "La Fouly", 1),
    ]
