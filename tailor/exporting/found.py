"""How much of each kind a CV has, for people who check what was read."""

from __future__ import annotations

from tailor.values.cv import Bullet, Cv, Entry, SectionKind

# The sections whose entries, or own lines, have a name of their own; the rest are others.
_ENTRIES = {
    SectionKind.EXPERIENCE: "positions",
    SectionKind.EDUCATION: "degrees",
    SectionKind.PROJECTS: "projects",
    SectionKind.VOLUNTEERING: "volunteer roles",
}
_LINES = {
    SectionKind.PUBLICATIONS: "publications",
    SectionKind.AWARDS: "awards",
    SectionKind.CERTIFICATES: "certificates",
    SectionKind.INTERESTS: "interests",
    SectionKind.REFERENCES: "references",
}
_LISTS = frozenset({SectionKind.SKILLS, SectionKind.LANGUAGES})


def what_was_found(cv: Cv) -> list[tuple[str, int]]:
    """Return names in the plural with their numbers, in the same order for every CV.

    Each entry counts once, and each line once: as a bullet where it belongs to an
    entry, else by its section; lines of skills and languages by what they list.
    """
    entries: list[tuple[str, Entry]] = []
    lines: list[tuple[str, Bullet]] = []
    for section in cv.sections:
        name = _ENTRIES.get(section.kind, "other entries")
        entries += [(name, entry) for entry in section.entries]
        if section.kind not in _LISTS:
            name = _LINES.get(section.kind, "other lines")
            name = "summary lines" if section.kind is SectionKind.SUMMARY else name
            lines += [(name, bullet) for bullet in section.bullets]
    of_entries = [name for name, _ in entries]
    of_lines = [name for name, _ in lines]
    return [
        ("contacts", len(cv.contacts)),
        ("summary lines", of_lines.count("summary lines")),
        *((name, of_entries.count(name)) for name in (*_ENTRIES.values(), "other entries")),
        ("bullets", sum(len(entry.bullets) for _, entry in entries)),
        ("skills", len(cv.skills)),
        ("languages", len(cv.languages)),
        *((name, of_lines.count(name)) for name in (*_LINES.values(), "other lines")),
        ("unplaced", len(cv.unplaced)),
    ]
