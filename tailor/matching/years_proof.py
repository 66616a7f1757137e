"""What a CV says of years of experience: by the dates of the positions that show the subject."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from tailor.matching.ask import Ask, Status
from tailor.matching.belief import words_together
from tailor.matching.book import ABSENT, Book, CvLine, LineKind, Verdict, verdict
from tailor.matching.degree_proof import month_of
from tailor.matching.kind import MONTHS, NUMBER_WORDS, SOME_YEARS, YEARS, without_frame
from tailor.matching.name import holds, members, other_names
from tailor.matching.skill_proof import employed_in, named
from tailor.matching.words import form, forms, name_words, plain_works, telling_forms, word_set
from tailor.reading.cv.names import has_word
from tailor.values.cv import Period
from tailor.values.resources import data_toml

_MUCH = re.compile(r"\b(?:at least|minimum(?: of)?|over|more than|or more)\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"^[^\w.]*(?:(?:of|experience|work(?:ing|ed)?|in|with|as|an?|the|for|within|at)\b"
    r"(?:[^\w.]|\.(?!\w))*)+",
    re.IGNORECASE,
)
_BEGINNER = re.compile(
    r"\b(?:trainee|apprentice|assistant|student|intern|graduate|volunteer)\b", re.IGNORECASE
)
# Where one worked, which names no field: "in private practice", "in a busy office".
_SETTING = re.compile(
    r"\b(?:busy|fast[- ]paced|private|large|small|leading|growing|similar|dynamic|demanding) "
    r"(?:work(?:ing)? )?"
    r"(?:practice|firm|company|organi[sz]ation|business|team|office|department|environment)\b",
    re.IGNORECASE,
)
_SECTOR = re.compile(
    r" (?:in|within|for) (?:the |an? )?((?:[\w-]+ ){1,2}(?:sector|industry|environment|setting))$",
    re.IGNORECASE,
)
_AT_A = re.compile(r" (?:in|within|at) an? ((?:[\w-]+ )?[\w-]+)$", re.IGNORECASE)
_STUDENT = re.compile(r"\bstudent\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\s{0,9}\([^)]{0,200}\)")
_ONE_OF_TWO = re.compile(r"([\w-]+) or ([\w-]+) ([\w-]+)")  # "community or events fundraising"
_TOGETHER = 0.5  # of the words of a subject that stand near each other in a line which names none
_FEWEST_TELLING = 2  # lines that must say what the title of a job of another kind does not
_IN_USE = re.compile(r" (?:in (?:production|practice|anger)|at scale)\b", re.IGNORECASE)
_HANDS_ON = re.compile(r"\bhands[- ]on\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(\d+\+?\)")
_STATED = re.compile(r"(\d{1,2})\+?\s*(years?|yrs?|months?)", re.IGNORECASE)


def prove_years(ask: Ask, book: Book) -> Verdict:
    """Judge by the months of the positions in which the subject is evidenced, overlaps once."""
    titles = {line.id: line for line in book.of(LineKind.TITLE)}
    amount = _amount(ask.text)
    if not amount:
        return verdict(Status.RELATED, book, list(titles.values())[:2])
    need, rest = amount
    subject = _subject(rest)
    wanted = _telling(subject)
    positions = [entry for entry in book.positions if entry.id in titles]
    if wanted:
        found = _evidenced_anyhow(subject, ask.text, book)
        for skills in book.of(LineKind.SKILLS):
            told = _months_beside(skills.text, subject) if skills in found.shown else 0
            if told:  # who says how long knows it better than the dates of the position
                status = found.status if told >= need else Status.RELATED
                return Verdict(status, book.ranked([skills, *found.shown]))
        chosen = [entry for entry in positions if titles[entry.id].entry in found.places]
        if not _STUDENT.search(ask.text):  # who studied to be a midwife was none yet
            chosen = [entry for entry in chosen if not _STUDENT.search(titles[entry.id].text)]
    else:  # "post-qualification": what came before does not count
        found = _Evidenced(set(), Status.STATED, ())
        is_after = bool(forms(subject))
        chosen = [e for e in positions if not (is_after and _BEGINNER.search(titles[e.id].text))]
    heads = [titles[entry.id] for entry in chosen]
    best = [line for line in heads if not wanted or wanted & book.forms(line)]
    best = best or [line for line in found.shown if line.kind is LineKind.BULLET]
    lines = tuple(dict.fromkeys([*best, *heads]))
    if not chosen or _months((entry.period for entry in chosen), book.today) < need:
        near = lines or (found.shown[:1] if wanted else ())  # what is only listed, is near
        return Verdict(Status.RELATED, near) if near else ABSENT
    says_all = found.status is Status.ALIAS and all(wanted <= book.forms(one) for one in heads)
    return Verdict(Status.STATED if says_all else found.status, lines)


class _Evidenced(NamedTuple):
    """The places of positions that evidence a subject, how surely, and the lines that name it."""

    places: set[int]
    status: Status
    shown: tuple[CvLine, ...]


def _evidenced_anyhow(subject: str, asked: str, book: Book) -> _Evidenced:
    """Return which positions evidence a subject, or one of several, in a sector if it names one.

    "Community or events fundraising in the charity sector", "procurement in the public sector",
    "a supervisory level in a hotel".
    """
    one = _evidenced(subject, asked, book)
    sector = _SECTOR.search(subject) or _AT_A.search(subject)
    bare = subject[: sector.start()] if sector else subject
    names = [bare]
    if two := _ONE_OF_TWO.fullmatch(bare):
        names = [f"{two[1]} {two[3]}", f"{two[2]} {two[3]}"]
    if names == [subject] or (one.status.is_had and one.places and not sector):
        return one
    of_sector = _employed_in(sector[1], book) if sector else None
    others = [_evidenced(name, asked, book) for name in names]
    places = set().union(*(other.places for other in others if other.status.is_had))
    if of_sector:
        places &= {line.entry for line in of_sector}
    if not places or (one.status.is_had and one.places >= places):
        return one
    status = Status.ALIAS if of_sector or not sector else Status.RELATED
    return _Evidenced(places, status, tuple(line for other in others for line in other.shown))


def _employed_in(sector: str, book: Book) -> list[CvLine]:
    """Return the positions at employers of a kind, or whose head says what they are: a hotel."""
    own = set(forms(sector))
    said = [line for line in book.of(LineKind.TITLE) if own and own <= book.forms(line)]
    return employed_in(sector, book) or said


def _evidenced(subject: str, asked: str, book: Book) -> _Evidenced:
    """Return which positions evidence a subject: by their lines, their title, their field."""
    wanted = _telling(subject)
    titles = book.of(LineKind.TITLE)
    words = _field_of(subject)
    # Who managed a budget has not managed people.
    shown = ABSENT if "manager" in words else named(subject, book)
    if shown.is_loose and len(wanted) > 1:  # who "developed a clasp like a web" is no web developer
        lines = [line for line in shown.lines if words_together(subject, line.text) >= _TOGETHER]
        shown = verdict(shown.status, book, lines)
    had = shown.status if shown.status.is_had else Status.STATED
    is_job = has_word(subject.rsplit(maxsplit=1)[-1], "job")
    # Who served electricians was none: a job is in the title, or in what one says of oneself.
    places = {
        line.entry
        for line in shown.lines
        if shown.status.is_had and not (is_job and line.kind is LineKind.BULLET)
    }
    places |= _by_title(titles, wanted, words, book)
    places |= _by_entry(titles, wanted, book)
    places |= _by_field(titles, subject, book)
    if not places and len(wanted) > 1 and " in " in asked:
        head = forms(subject)[-1]  # "general insurance" at a motor insurer's
        places = _by_title(titles, {head}, _field_of(subject.rsplit(maxsplit=1)[-1]), book)
        is_wide = subject.casefold().split()[0] in word_set("wide")
        had = Status.ALIAS if is_wide else Status.RELATED
    what, _, who = subject.rpartition(" ")
    if not places and what and has_word(who, "job"):
        # "a machine learning engineer" is near who did machine learning under another title.
        shown, had = named(what, book), Status.RELATED
        places = {line.entry for line in shown.lines if shown.status.is_had}
    if not places:  # who manages a hatchery is near "salmonid hatchery production"
        telling, had = set(wanted) - plain_works() - _ranks(), Status.RELATED
        places = {line.entry for line in titles if telling & book.forms(line)}
    return _Evidenced(places, had, shown.lines)


def _by_title(
    titles: Iterable[CvLine], wanted: Collection[str], words: Collection[str], book: Book
) -> set[int]:
    """Return the places of the positions whose titles say the subject, or belong to its field."""
    is_rank = "manager" in words  # a management accountant manages nobody
    found = set()
    for line in titles:
        own = _words_and_pairs(line.text.split(",")[0])
        if (set(wanted) <= book.forms(line) and not is_rank) or own & set(words):
            found.add(line.entry)
    return found


def _by_entry(titles: Iterable[CvLine], wanted: Collection[str], book: Book) -> set[int]:
    """Return the places of the positions whose title says half of a subject, and lines the rest.

    "Domestic plumbing" is what a plumber does whose lines tell of domestic boilers.
    """
    found = set()
    for title in titles:
        own = set(wanted) & book.forms(title)
        rest = set(wanted) - own
        # A counter manager whose lines name products is in no product management.
        telling = rest - plain_works() - {form("work")}  # social media are no social work
        if own - plain_works() and telling and rest.isdisjoint(_ranks()):
            told = [
                book.forms(line)
                for line in book.lines
                if line.entry == title.entry and line.kind is LineKind.BULLET
            ]
            # A "clinical eye on spelling" makes no clinical research of a research editor's work.
            last = _BRACKETS.sub("", title.text).split(",")[0].rsplit(maxsplit=1)[-1]
            is_other_job = (
                has_word(last, "job")
                and last.casefold() not in word_set("jobs_of_any_field")
                and own.isdisjoint(forms(last))
            )
            least = _FEWEST_TELLING if is_other_job else 1
            if is_other_job and any(has_word(word, "job") for word in rest):
                continue  # who sells electrical goods and books an engineer is none
            is_told = not is_other_job and rest <= frozenset().union(*told)
            if is_told or sum(rest <= line for line in told) >= least:
                found.add(title.entry)
    return found


def _by_field(titles: Iterable[CvLine], subject: str, book: Book) -> set[int]:
    """Return the places of the positions of a field whose titles say what sort of it is asked.

    "B2B sales" is what an "Account Executive, B2B" does.
    """
    sort, _, field = subject.rpartition(" ")
    words, wanted = set(_field_of(field)), set(forms(sort))
    found = set()
    for line in titles if words and wanted else ():
        own = _words_and_pairs(line.text)
        if own & words and wanted <= book.forms(line):
            found.add(line.entry)
    return found


def _words_and_pairs(text: str) -> set[str]:
    """Return the words of a text in lower case, and each two that stand together."""
    words = [word.text.casefold() for word in name_words(text)]
    return {*words, *map("_".join, pairwise(words))}


@cache
def _ranks() -> frozenset[str]:
    """Return the forms of what makes a higher rank of a job: a sous chef is no head chef."""
    return frozenset(form(word) for word in word_set("ranks_of_jobs"))


@cache
def _fields() -> dict[str, tuple[str, ...]]:
    table = data_toml("work_fields.toml")
    return {
        name: tuple(words.split()) for names, words in table.items() for name in names.split("|")
    }


def _field_of(subject: str) -> Sequence[str]:
    """Return the words of titles in the field that a subject names, "professional kitchen" too."""
    generic = word_set("generic")
    words = [
        word
        for word in subject.casefold().split()
        if word not in generic and form(word) not in _qualifiers()
    ]
    return _fields().get(" ".join(words), ())


def _telling(subject: str) -> frozenset[str]:
    """Return the forms of a subject that name a field."""
    return frozenset(telling_forms(subject)) - _qualifiers()


@cache
def _qualifiers() -> frozenset[str]:
    """Return the forms of what grades years and names no field: "post-qualifying experience"."""
    return frozenset(form(word) for word in word_set("of_years"))


def _subject(text: str) -> str:
    """Return what the years are asked of: "retail experience" of "2 years' retail experience"."""
    text = _IN_USE.sub("", _SETTING.sub(" setting", _MUCH.sub(" ", _HANDS_ON.sub(" ", text))))
    bare = _BEFORE.sub("", text.strip(" '")).strip(" ,'").rstrip(".")
    bare = bare.lstrip(".") if bare[1:2] == " " else bare  # the stop of a sentence, not of ".NET"
    return _BEFORE.sub("", without_frame(bare)) if bare else ""


def _amount(text: str) -> tuple[int, str] | None:
    """Return how many months are asked for and what else the text says; of "some years" none."""
    for found, months in ((YEARS.search(text), 12), (MONTHS.search(text), 1)):
        if found:
            need = months * _number(next(group for group in found.groups() if group))
            return need, f"{text[: found.start()]} {text[found.end() :]}"
    found = SOME_YEARS.search(text)
    if found and "couple" in found[0].casefold():
        rest = _IN_BRACKETS.sub(" ", text[found.end() :])
        return 24, f"{text[: found.start()]} {rest}"
    return None


def _number(text: str) -> int:
    return int(text) if text.isdigit() else NUMBER_WORDS[text.casefold()]


def _months_beside(skills: str, subject: str) -> int:
    """Return the months that a list of skills states behind the subject, 0 for none."""
    own = [subject, *other_names(subject), *members(subject)]
    for part in re.split(r"[,;|]", skills):
        told = _STATED.search(part)
        if told and any(holds(name_words(part), name, listed=True) for name in own):
            return int(told[1]) * (1 if told[2].casefold().startswith("mo") else 12)
    return 0


def _months(periods: Iterable[Period], today: date) -> int:
    """Return how many months the periods cover together."""
    covered: set[int] = set()
    for period in periods:
        if period.start:
            lasts = period.present or period.end is None
            end = 12 * today.year + today.month if lasts else month_of(period.end, 12)
            covered.update(range(month_of(period.start, 1), end + 1))
    return len(covered)
