"""A tailored CV as a file: its name, its DOCX and PDF, and what is new since the last version."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tailor.document.document import render_docx
from tailor.document.output import write_file
from tailor.document.package import text_of
from tailor.layout.typography import Design, language_of, paper_of
from tailor.reading.files import Content, read_content
from tailor.selection.composition import compose
from tailor.selection.tailored_cv import Changes, ChosenSection, TailoredCv, find_changes, whole
from tailor.values.cv import Cv
from tailor.values.errors import TailorError

_SUFFIX = ".docx"
_MOST_COMPARED = 300  # files of one folder
_MAX_CHARACTERS = 120
_MAX_BYTES = 240  # the common limit is 255
_FALLBACK = "CV"
_RESERVED = re.compile(r"CON|PRN|AUX|NUL|CONIN|CONOUT|COM[0-9]|LPT[0-9]", re.IGNORECASE)
_APOSTROPHES = frozenset("'\u2019\u02bc")
# Latin letters that Unicode does not decompose.
_LATIN = {
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O",
    "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L",
    "ħ": "h", "Ħ": "H", "ı": "i", "ŋ": "n", "Ŋ": "N", "ŧ": "t", "Ŧ": "T",
}  # fmt: skip
_UNSEEN_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")


def write_resume(resume: TailoredCv, out: Path, *, force: bool = False) -> Path:
    """Write `resume` into the folder `out`, or to `out` itself if it ends in ``.docx``.

    Returns the file's path. Raises OutputError.
    """
    path = resume_path(resume, out)
    write_file(path, resume_docx(resume), force)
    return path


def resume_path(resume: TailoredCv, out: Path) -> Path:
    """Return the path of the file: `out` if it ends in ``.docx``, else a name in that folder."""
    if out.suffix.lower() == _SUFFIX and not out.is_dir():
        return out
    posting = resume.match.posting
    role = posting.title or ("" if posting.company else Path(posting.source).stem)
    return out / file_name(resume.cv.name, posting.company, role)


def resume_docx(resume: TailoredCv) -> bytes:
    """Return the DOCX; the same `resume` gives the same bytes."""
    return _rendered(render_docx, resume.cv, resume.sections, _title(resume), resume.design)


def resume_pdf(resume: TailoredCv) -> bytes:
    """Return the same page as PDF, set without an office program. Raises OutputError."""
    from tailor.document.typeset import render_pdf  # noqa: PLC0415 - only a PDF needs it

    return _rendered(render_pdf, resume.cv, resume.sections, _title(resume), resume.design)


def whole_docx(cv: Cv) -> bytes:
    """Return the whole CV as DOCX, with nothing left out; the same CV gives the same bytes."""
    return _rendered(render_docx, cv, whole(cv), cv.name, Design(paper_of(cv)))


def _title(resume: TailoredCv) -> str:
    return " – ".join(part for part in (resume.cv.name, resume.match.posting.title) if part)


def _rendered(
    render: Callable[..., bytes],
    cv: Cv,
    sections: Sequence[ChosenSection],
    title: str,
    design: Design,
) -> bytes:
    page, language = compose(cv, sections, design), language_of(cv)
    return render(page, design=design, title=title, author=cv.name, language=language)


def same_text(path: Path, document: bytes) -> Path | None:
    """Return another file of tailor's beside `path` with the text of the DOCX `document`.

    Of several it is the first by name; only the newest are looked into.
    """
    text, same = text_of(document), []
    try:
        beside = [each for each in path.parent.glob(f"*{_SUFFIX}") if each.is_file()]
        beside.sort(key=lambda each: -each.stat().st_mtime_ns)
        for other in beside[:_MOST_COMPARED]:
            if other.name != path.name and other.stat().st_size <= 2 * len(document):
                # The part is stored as it is, so most files are told apart by a search.
                content = other.read_bytes()
                if text in content and text_of(content) == text:
                    same.append(other)
    except OSError:  # it is only told
        return None
    return min(same, default=None)


def changes_since(path: Path, document: bytes) -> Changes:
    """Compare the DOCX `document` with the one at `path`, line by line as Word shows them.

    A file there that is no readable DOCX counts as none.
    """
    new = _lines(Content(str(path), document, "CV"))
    if not path.is_file():
        return Changes("", tuple(new))
    try:
        old = _lines(read_content(path, "CV"))
    except TailorError:
        return Changes("", tuple(new))
    return find_changes(str(path), old, new)


def _lines(content: Content) -> list[str]:
    from docx.text.paragraph import Paragraph  # noqa: PLC0415 - only a comparison needs these

    from tailor.reading.word.file import open_document  # noqa: PLC0415
    from tailor.reading.word.flatten import W, flatten  # noqa: PLC0415

    document: Any = open_document(content)
    flatten(document.element)
    texts = (Paragraph(element, document).text for element in document.element.iter(f"{W}p"))
    return [" ".join(text.split()) for text in texts if text.strip()]


def file_name(person: str, company: str, role: str) -> str:
    """Return ``First_Last_Company_Role.docx``, at most 120 characters and 240 bytes long.

    Latin letters lose their accents, letters and digits of other scripts stay, and everything else
    becomes ``_``. Words that do not fit are left out from the end.
    """
    words = [word for part in (person, company, role) for word in _words(part)]
    stem = _fitting(words) or _FALLBACK
    if _RESERVED.fullmatch(stem):
        stem = f"{stem}_{_FALLBACK}"
    return stem + _SUFFIX


def folder_name(company: str, role: str, ending: str) -> str:
    """Return ``Company_Role_ending``, with the same letters and limits as `file_name`.

    Words that do not fit are left out before `ending`, which keeps such folders apart.
    """
    words = [word for part in (company, role) for word in _words(part)]
    stem = _fitting(words, f"_{ending}{_SUFFIX}")
    return f"{stem}_{ending}" if stem else ending


def _words(part: str) -> list[str]:
    spelt = ""
    for character in unicodedata.normalize("NFC", part):
        is_mark = unicodedata.category(character)[0] == "M"
        # Marks are vowels in the scripts of India; after ASCII they are accents.
        if not is_mark or (spelt and not spelt[-1].isascii()):
            spelt += _spelling(character)
    return [unicodedata.normalize("NFC", word) for word in spelt.split("_") if word]


def _spelling(character: str) -> str:
    """Return the character as it stands in file names, ``_`` for what separates words."""
    if character in _APOSTROPHES:
        return ""
    if character in _LATIN:
        return _LATIN[character]
    bases = "".join(
        base for base in unicodedata.normalize("NFKD", character) if not unicodedata.combining(base)
    )
    if bases.isascii() and bases.isalnum():
        return bases
    is_kept = unicodedata.category(character)[0] in "LM" or character.isdecimal()
    return character if is_kept and character not in _UNSEEN_LETTERS else "_"


def _fitting(words: list[str], ending: str = _SUFFIX) -> str:
    """Return as many words as fit; if not even the first one does, its beginning."""
    words = words[:_MAX_CHARACTERS]
    while len(words) > 1 and not _fits("_".join(words) + ending):
        words.pop()
    stem = "_".join(words)[:_MAX_CHARACTERS]
    while not _fits(stem + ending):
        stem = stem[:-1]
    return stem


def _fits(name: str) -> bool:
    return len(name) <= _MAX_CHARACTERS and len(name.encode()) <= _MAX_BYTES
