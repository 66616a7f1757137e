"""LinkedIn exports: the tables of the career are read, all others are left alone."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tailor.reading.fields.linkedin import COLUMNS, read_linkedin
from tailor.reading.files import Content
from tailor.reading.lines import clean_text
from tailor.reading.reader import Format, recognise
from tailor.values.cv import Bullet, Contact, ContactKind, Cv, Date, Period, Run, SectionKind
from tailor.values.errors import CvError
from tailor.values.limits import USUAL, Limits, using

PROFILE = (
    "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
    "Geo Location,Twitter Handles,Websites,Instant Messengers\n"
)
ADA = PROFILE + "Ada,Vermeer,,,,Engineer,,,,,,,\n"
POSITIONS = "Company Name,Title,Description,Location,Started On,Finished On\n"
JOB = POSITIONS + "Brightwater,Engineer,,Leeds,Mar 2019,Nov 2022\n"


def zipped(files: dict[str, str | bytes]) -> bytes:
    """Return a zip with these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def read(files: dict[str, str | bytes]) -> Cv:
    """Return the CV of an export with a profile, a position, and these files."""
    data = zipped({"Profile.csv": ADA, "Positions.csv": JOB, **files})
    return read_linkedin(Content("export.zip", data, "CV"))


def plains(bullets: tuple[Bullet, ...]) -> list[str]:
    """Return the texts of bullets."""
    return [bullet.text.plain for bullet in bullets]


def lines(cv: Cv, heading: str) -> tuple[Bullet, ...]:
    """Return the lines outside entries of the section under a heading."""
    [section] = [section for section in cv.sections if section.heading == heading]
    return section.bullets


def table(header: str, *rows: tuple[str, ...]) -> str:
    """Return a table as a CSV file."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([header.split(","), *rows])
    return stream.getvalue()


# The person


def test_the_profile() -> None:
    """Name, headline, place, sites and user names; account data are kept aside."""
    row = (
        "Ada", "Vermeer", "Quill", "1 Mill Lane", "May 5", "Engineer", "Mends.\n\nPumps.",
        "Utilities", "LS1", "Leeds, England", "[adav,ada2]",
        "[PORTFOLIO:https://vermeer.example,https://a.example/x?y=1,2]", "[SKYPE:ada.v]",
    )  # fmt: skip
    cv = read({"Profile.csv": table(PROFILE.strip(), row)})
    assert (cv.name, cv.headline) == ("Ada Vermeer", "Engineer")
    site, handle = ContactKind.WEBSITE, ContactKind.HANDLE
    assert cv.contacts == (
        Contact(ContactKind.PLACE, "Leeds, England"),
        Contact(site, "https://vermeer.example", "https://vermeer.example"),
        Contact(site, "https://a.example/x?y=1,2", "https://a.example/x?y=1,2"),
        Contact(handle, "Twitter: adav", "https://x.com/adav"),
        Contact(handle, "Twitter: ada2", "https://x.com/ada2"),
        Contact(handle, "SKYPE: ada.v"),
    )
    assert plains(lines(cv, "Summary")) == ["Mends.", "Pumps."]
    assert plains(cv.unplaced) == [
        "Profile.csv row 2, Maiden Name: Quill",
        "Profile.csv row 2, Address: 1 Mill Lane",
        "Profile.csv row 2, Birth Date: May 5",
        "Profile.csv row 2, Industry: Utilities",
        "Profile.csv row 2, Zip Code: LS1",
    ]


def test_the_primary_address_and_the_number() -> None:
    """Other addresses are old ones, as a rule, and are kept aside."""
    cv = read(
        {
            "Email Addresses.csv": table(
                "Email Address,Confirmed,Primary,Updated On",
                ("old@uni.example", "Yes", "No", "1/1/20"),
                ("ada@vermeer.example", "Yes", "Yes", "1/1/24"),
            ),
            "PhoneNumbers.csv": table(
                "Extension,Number,Type", ("", "+44 7700 900123", "Mobile"), ("", "", "")
            ),
            "Profile Summary.csv": table("Profile Summary", ("Mends pumps.",)),
        }
    )
    assert cv.contacts == (
        Contact(ContactKind.EMAIL, "ada@vermeer.example", "mailto:ada@vermeer.example"),
        Contact(ContactKind.PHONE, "+44 7700 900123"),
    )
    assert plains(cv.unplaced) == ["Email Addresses.csv row 2, Email Address: old@uni.example"]
    assert plains(lines(cv, "Summary")) == ["Mends pumps."]


# The career


@pytest.mark.parametrize(
    ("description", "bullets"),
    [
        ("• Cut alarms.\n• Wrote guides.", ["Cut alarms.", "Wrote guides."]),
        ("- Cut alarms\r\n- Wrote guides", ["Cut alarms", "Wrote guides"]),
        ("Cut alarms.\nWrote guides.", ["Cut alarms.", "Wrote guides."]),
        ("• Cut alarms • Wrote guides", ["Cut alarms", "Wrote guides"]),
        ("My work:\n\n* Alarms\n* Guides", ["My work:", "Alarms", "Guides"]),
        (
            "Kept all of the pumps in the eastern part of town running\nin every kind of weather.",
            ["Kept all of the pumps in the eastern part of town running in every kind of weather."],
        ),
        ("Cut 2*3*4 _alarms_ [x](y)", ["Cut 2*3*4 _alarms_ [x](y)"]),
    ],
)
def test_descriptions_are_cut_at_typed_lines(description: str, bullets: list[str]) -> None:
    """Wrapped prose stays one; LinkedIn knows no Markdown."""
    row = ("Brightwater", "Engineer", description, "Leeds", "Mar 2019", "")
    [job] = read({"Positions.csv": table(POSITIONS.strip(), row)}).positions
    assert plains(job.bullets) == bullets
    assert (job.title, job.organisation, job.place) == ("Engineer", "Brightwater", "Leeds")
    assert job.period == Period(Date(2019, 3), present=True)


def test_the_tables_with_entries() -> None:
    """Education, projects, volunteering and organisations."""
    cv = read(
        {
            "Education.csv": table(
                "School Name,Start Date,End Date,Notes,Degree Name,Activities",
                ("University of Leeds", "2012", "2015", "First.", "BSc Physics", "Rowing"),
            ),
            "Projects.csv": table(
                "Title,Description,Url,Started On,Finished On",
                ("Tidewatch", "A map.", "https://tide.example", "Jan 2020", "Mar 2020"),
            ),
            "Volunteering.csv": table(
                "Company Name,Role,Cause,Started On,Finished On,Description",
                ("Repair Café", "Host", "Environment", "Jan 2021", "", "Soldering."),
            ),
            "Organizations.csv": table(
                "Name,Position,Description,Started On,Finished On",
                ("Pump Guild", "Member", "", "2020", ""),
            ),
        }
    )
    [degree] = cv.degrees
    assert (degree.title, degree.organisation) == ("BSc Physics", "University of Leeds")
    assert degree.period == Period(Date(2012), Date(2015))
    assert plains(degree.bullets) == ["First.", "Rowing"]
    _, _, project, host, member = cv.entries
    assert (project.title, project.link) == ("Tidewatch", "https://tide.example")
    assert plains(host.bullets) == ["Soldering.", "Cause: Environment"]
    assert (member.title, member.organisation) == ("Member", "Pump Guild")
    assert [s.heading for s in cv.sections] == [
        "Work Experience",
        "Education",
        "Projects",
        "Volunteering",
        "Organizations",
    ]
    assert not cv.unplaced


def test_the_tables_of_lines() -> None:
    """Each line has its date; a certificate that ends has both its dates in the text."""
    url = "https://cka.example"
    cv = read(
        {
            "Certifications.csv": table(
                "Name,Url,Authority,Started On,Finished On,License Number",
                ("CKA", url, "CNCF", "Mar 2022", "", "7"),
                ("First Aid", "", "Red Cross", "Jan 2020", "Jan 2023", ""),
            ),
            "Publications.csv": table(
                "Name,Published On,Description,Publisher,Url",
                ("On Weirs", "Oct 2014", "They leak.", "River Letters", "https://weirs.example"),
            ),
            "Patents.csv": table(
                "Title,Description,Patent Number,Issued On", ("Valve", "Shuts.", "GB 12", "2019")
            ),
            "Honors.csv": table("Title,Description,Issued On", ("Pump Prize", "", "Jul 2018")),
            "Courses.csv": table("Name,Number", ("Heat", "PH102")),
            "Test Scores.csv": table(
                "Name,Description,Score,Tested On", ("TOEFL", "", "112", "May 2011")
            ),
        }
    )
    first, second = lines(cv, "Certifications")
    assert (first.text.plain, first.date) == ("CKA, CNCF. License Number: 7", Date(2022, 3))
    assert first.text.runs[0] == Run("CKA", link=url)
    assert second.text.plain == "First Aid, Red Cross, Jan 2020 – Jan 2023"
    assert second.date is None
    [paper] = lines(cv, "Publications")
    assert (paper.text.plain, paper.date) == ("On Weirs, River Letters. They leak.", Date(2014, 10))
    assert plains(lines(cv, "Patents")) == ["Valve, GB 12. Shuts."]
    assert [(b.text.plain, b.date) for b in lines(cv, "Awards")] == [("Pump Prize", Date(2018, 7))]
    assert plains(lines(cv, "Courses")) == ["Heat, PH102"]
    scores = cv.sections[-1]
    assert (scores.heading, scores.entries[0].title) == ("Test Scores", "TOEFL, 112")
    assert scores.entries[0].period == Period(end=Date(2011, 5))
    assert not cv.unplaced


def test_skills_stand_together_and_languages_alone() -> None:
    """A line of one word each would fill pages."""
    names = [f"Skill{n}" for n in range(30)]
    cv = read(
        {
            "Skills.csv": table("Name", *((name,) for name in names)),
            "Languages.csv": table(
                "Name,Proficiency",
                ("English", "Native or bilingual proficiency"),
                ("German", ""),
            ),
        }
    )
    assert cv.skills == tuple(names)
    assert 1 < len(lines(cv, "Skills")) < 6
    assert plains(lines(cv, "Languages")) == [
        "English (Native or bilingual proficiency)",
        "German",
    ]
    assert cv.languages == ("English", "German")


# Files as they come


def test_tables_are_found_in_any_folder_and_however_they_are_written() -> None:
    """With the marks of other systems, LinkedIn's notes above the header, and odd ends of lines."""
    notes = 'Notes:\n"Some of this, you may notice, is missing."\n\n'
    cv = read(
        {
            "Positions.csv": b"",
            "Export/Sub/POSITIONS.CSV": codecs.BOM_UTF8
            + (notes + JOB).replace("\n", "\r\n").encode(),
            "__MACOSX/._Positions.csv": b"\x00\x05",
            "Volunteer_Experiences.csv": table("Company Name,Role", ("Repair Café", "Host")),
            "Old\\Skills.csv": "\nname\rGo\rSQL\r".encode("utf-16"),
        }
    )
    assert [entry.title for entry in cv.entries] == ["Engineer", "Host"]
    assert cv.skills == ("Go", "SQL")
    assert not cv.unplaced


def test_a_table_in_two_folders_counts_once() -> None:
    """As in exports that people packed together."""
    assert len(read({"Again/Positions.csv": JOB}).positions) == 1
    assert len(read({"Again/Positions.csv": JOB + "Eskmoor,Lead,,,2023,\n"}).positions) == 3


def test_other_tables_are_not_opened() -> None:
    """They are about others, or private, or no text; broken ones do not matter."""
    cv = read(
        {
            "Connections.csv": 'Notes:\n"x"\n\nFirst Name,Last Name\nBo,Quill\n',
            "messages.csv": '"FROM","CONTENT"\n"Bo","a secret"\n',
            "Ads Clicked.csv": b"\x00\xff" * 50,
            "Jobs/Job Applications.csv": "Company Name,Job Title\nEskmoor,Lead\n",
            "Articles/Skills.html": "<p>x</p>",
        }
    )
    assert len(cv.sections) == 1
    assert not cv.unplaced


def test_unknown_columns_are_kept_aside() -> None:
    """With the file, the row as a spreadsheet counts it, and the column."""
    cv = read(
        {
            "Skills.csv": "Name,Endorsed,\nGo,twice,extra,more\n",
            "Projects.csv": "Title,Url,Colour,Colour\nTidewatch,no address,red,blue\n,,grey,\n",
            "Honors.csv": "Title,Issued On\nPrize,long ago\n,2014\n",
        }
    )
    assert plains(cv.unplaced) == [
        "Projects.csv row 2, Url: no address",
        "Projects.csv row 2, Colour: red",
        "Projects.csv row 2, Colour (2): blue",
        "Projects.csv row 3, Colour: grey",
        "Skills.csv row 2, Endorsed: twice",
        "Skills.csv row 2, column 3: extra",
        "Skills.csv row 2, column 4: more",
        "Honors.csv row 3, Issued On: 2014",
    ]
    assert plains(lines(cv, "Awards")) == ["Prize, long ago"]
    assert cv.warnings == (
        "Honors.csv row 2, Issued On: is no date that can be read; kept as text",
    )


def test_a_table_without_its_header_is_kept_aside() -> None:
    """Nobody can tell what its cells are."""
    cv = read({"Education.csv": "École,Diplôme\nLyon,Licence\n"})
    assert "Education.csv row 2, column 2: Licence" in plains(cv.unplaced)
    assert cv.warnings == ("Education.csv: has no header that is known; its rows are kept aside",)


# Damage and harm


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"Profile.csv": PROFILE}, "no name found"),
        ({"Profile.csv": ""}, "Profile.csv"),
        ({"Positions.csv": POSITIONS}, "no position"),
        ({"Skills.csv": b"\x00\x01\x02"}, "Skills.csv: the CV is not text"),
        ({"Skills.csv": 'Name\n"' + "x" * 200_000}, "Skills.csv in it is no sound table"),
        ({"Skills.csv": "x" * (USUAL.text + 1)}, "Skills.csv in it is larger than 2 MB"),
        ({f"{n}.txt": "" for n in range(USUAL.members)}, "more than 5,000 files"),
    ],
)
def test_faults_are_told(files: dict[str, str | bytes], words: str) -> None:
    """In one line that names the file."""
    with pytest.raises(CvError, match=r"export\.zip: ") as caught:
        read(files)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_all_tables_together_are_bounded() -> None:
    """However small each is."""
    with using(Limits(unpacked=2_000)), pytest.raises(CvError, match="once unpacked"):
        read({f"{n}/Skills.csv": "Name\n" + "Go\n" * 100 + str(n) for n in range(10)})


def test_an_encrypted_export_is_told() -> None:
    """The bit in the header of each file is enough."""
    data = bytearray(zipped({"Profile.csv": ADA}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(CvError, match="encrypted"):
        read_linkedin(Content("export.zip", bytes(data), "CV"))


SOUND = zipped({"Profile.csv": ADA, "Positions.csv": JOB, "Skills.csv": "Name\nGo\n" * 40})


def test_an_export_is_recognised() -> None:
    """By the tables in it."""
    assert recognise(Content("x", SOUND, "CV")) is Format.LINKEDIN


@given(st.integers(0, len(SOUND) - 1), st.binary(min_size=1, max_size=4), st.booleans())
def test_a_damaged_export_is_a_clear_error(at: int, junk: bytes, cut: bool) -> None:
    """Or is read all the same; nothing but CvError comes out."""
    data = SOUND[:at] + junk + (b"" if cut else SOUND[at + len(junk) :])
    with contextlib.suppress(CvError):
        assert read_linkedin(Content("export.zip", data, "CV")).name


cells = st.text(max_size=10) | st.sampled_from(
    ["Jan 2020", "2019", "a\n• b", "[x,y]", "[BLOG:https://z.example]", "jo@x.example"]
)


@settings(max_examples=100)
@given(st.data())
def test_no_word_of_a_table_is_lost(data: st.DataObject) -> None:
    """Whatever stands in the cells of the columns that are known, and of another."""
    name = data.draw(st.sampled_from(sorted(set(COLUMNS) - {"emailaddresses", "phonenumbers"})))
    header = [*COLUMNS[name], "Junk"]
    rows = data.draw(st.lists(st.lists(cells, max_size=len(header) + 1), max_size=3))
    file = "Profile Summary.csv" if name == "profilesummary" else f"{name}.csv"
    files: dict[str, str | bytes] = {file: table(",".join(header), *map(tuple, rows))}
    sound: dict[str, str | bytes] = {"a/Profile.csv": ADA, "a/Positions.csv": JOB}
    with contextlib.suppress(CvError):
        cv = read_linkedin(Content("export.zip", zipped({**sound, **files}), "CV"))
        bullets = [*cv.bullets(), *cv.unplaced]
        said = [cv.name, cv.headline, *(c.text + str(c.link) for c in cv.contacts)]
        for entry in cv.entries:
            said += [*entry.titles, entry.organisation, entry.place, str(entry.link)]
            said += ["Jan" * (entry.period != Period()), str(entry.period)]
        said += [b.text.plain + "".join(str(r.link) for r in b.text.runs) for b in bullets]
        said += [f"{b.date} Jan" for b in bullets if b.date]
        whole = "\n".join(said)
        for cell in (cell for row in rows for cell in row):
            words = re.findall(r"[^\W_]+", clean_text(cell.replace("BLOG:", "")))
            assert all(word in whole for word in words)
        assert SectionKind.EXPERIENCE in {section.kind for section in cv.sections}
