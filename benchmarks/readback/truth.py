"""What a reader should find in a document, by the CV's value and what was chosen of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tailor.reading.cv.headings import standard_heading
from tailor.selection.composition import format_period, format_title
from tailor.selection.tailored_cv import ChosenEntry, ChosenLine, ChosenSection, TailoredCv
from tailor.values.cv import ContactKind, Period, SectionKind

# Lines of these are lists to read across, not bullets, and their items may change places.
_PLAIN = frozenset({SectionKind.SKILLS, SectionKind.LANGUAGES, SectionKind.SUMMARY})


@dataclass(frozen=True, slots=True)
class Job:
    """An entry as it is printed. `title` is never empty: it is what stands first."""

    title: str
    employer: str = ""
    dates: str = ""
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Truth:
    """What stands in a document.

    `jobs` are the entries of experience, `degrees` those of education, `others` those of all
    other sections. `bullets` are all bullets, `headings` all headings, in the page's order;
    `text` is every word, in no order that counts.
    """

    name: str
    email: str
    headings: tuple[str, ...]
    jobs: tuple[Job, ...]
    degrees: tuple[Job, ...]
    others: tuple[Job, ...]
    bullets: tuple[str, ...]
    text: str

    @property
    def entries(self) -> tuple[Job, ...]:
        """All entries; jobs first."""
        return self.jobs + self.degrees + self.others

    def with_dates(self, change: Mapping[str, str]) -> Truth:
        """Return the truth of a document whose dates were written in another form."""

        def changed(jobs: tuple[Job, ...]) -> tuple[Job, ...]:
            return tuple(replace(job, dates=change.get(job.dates, job.dates)) for job in jobs)

        text = self.text
        for before, after in change.items():
            text = text.replace(before, after)
        return replace(
            self,
            jobs=changed(self.jobs),
            degrees=changed(self.degrees),
            others=changed(self.others),
            text=text,
        )


def truth_of(resume: TailoredCv) -> Truth:
    """Return what a reader should find in the document of `resume`."""
    cv = resume.cv
    shown = [one for one in resume.sections if one.entries or one.lines]
    entries = {kind: tuple(_jobs(shown, kind)) for kind in SectionKind}
    emails = [c.text for c in cv.contacts if c.kind is ContactKind.EMAIL]
    # Two contacts of the same words are printed once.
    contacts = dict.fromkeys((*(contact.text for contact in cv.contacts), cv.nationality))
    pieces = [cv.name, cv.headline, *contacts]
    bullets: list[str] = []
    for section in shown:
        pieces.append(_heading(section))
        pieces.extend(line.text.plain for line in section.lines)
        if section.section.kind not in _PLAIN:
            bullets.extend(_printed(line) for line in section.lines)
        for entry in section.entries:
            job = _job(entry)
            pieces.extend((job.title, job.employer, entry.entry.place, job.dates, *job.bullets))
            bullets.extend(job.bullets)
    named = (SectionKind.EXPERIENCE, SectionKind.EDUCATION)
    return Truth(
        cv.name,
        emails[0] if emails else "",
        tuple(_heading(section) for section in shown),
        entries[SectionKind.EXPERIENCE],
        entries[SectionKind.EDUCATION],
        tuple(job for kind in SectionKind if kind not in named for job in entries[kind]),
        tuple(bullets),
        "\n".join(piece for piece in pieces if piece),
    )


def _jobs(sections: list[ChosenSection], kind: SectionKind) -> Iterator[Job]:
    for section in sections:
        if section.section.kind is kind:
            yield from (_job(entry) for entry in section.entries)


def _job(chosen: ChosenEntry) -> Job:
    entry = chosen.entry
    title = format_title(entry)
    # Without a title the employer stands in its place, and its place beside it.
    first = title or ", ".join(part for part in (entry.organisation, entry.place) if part)
    return Job(
        first or format_period(entry.period),
        entry.organisation if title else "",
        format_period(entry.period),
        tuple(_printed(line) for line in chosen.lines),
    )


def _heading(chosen: ChosenSection) -> str:
    section = chosen.section
    other = section.kind is SectionKind.OTHER
    return section.heading if other else standard_heading(section.kind)


def _printed(line: ChosenLine) -> str:
    date = line.bullet.date
    if date is None:
        return line.text.plain
    return f"{format_period(Period(end=date))} {line.text.plain}"
