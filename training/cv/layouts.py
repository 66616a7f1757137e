"""Prints invented people in layouts of many kinds, as the lines that a format's reader gives.

Each line comes with its label (`tailor.reading.cv.line_labels.LABELS`), so that the labels can be
learnt. A layout is drawn anew for every document: which sections, in what order and under which
headings, how the head of an entry is cut into lines and cells, how dates look, and what of a
line's look the format keeps.
"""

# ruff: noqa: E501, C901, PLR0912, PLW2901

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tailor.reading.lines import Line, LineKind, Look
from tailor.values.cv import RichText, Run
from tailor.values.resources import data_toml
from training.cv import words
from training.cv.people import Inventor, Job, Person

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "pl": "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
}
_PRESENT = {
    "en": ("Present", "present", "now", "Current", "to date", "Till Date", "Ongoing", "PRESENT"),
    "de": ("heute", "aktuell", "jetzt"), "fr": ("aujourd’hui", "présent", "à ce jour"), "es": ("actualidad", "presente"),
    "pt": ("presente", "atualmente"), "it": ("oggi", "attuale", "in corso"), "nl": ("heden", "nu"), "da": ("nu", "i dag"),
    "sv": ("nu", "pågående"), "pl": ("obecnie", "teraz"),
}  # fmt: skip
_SINCE = {"en": "since", "de": "seit", "fr": "depuis", "es": "desde", "pt": "desde", "it": "dal", "nl": "sinds",
          "da": "siden", "sv": "sedan", "pl": "od"}  # fmt: skip
_AT = {"en": (" at ", " @ "), "de": (" bei ",), "fr": (" chez ", " à "), "es": (" en ",), "pt": (" em ",),
       "it": (" presso ",), "nl": (" bij ",), "da": (" hos ",), "sv": (" på ", " hos "), "pl": (" w ",)}  # fmt: skip
_GLYPHS = ("• ", "- ", "o ", "* ", "– ", "▪ ", "·\t", "•\t", "➢ ", "✓ ", "\uf0b7 ", "> ")

# The head of an entry: lines of cells. T title, E employer, P place, D dates; what stands
# between them is printed as it is (">" is a tab or what else parts the two sides of a line).
HEADS: tuple[tuple[str, ...], ...] = (
    ("T>D", "E, P"), ("T>D", "E>P"), ("E>P", "T>D"), ("E>D", "T>P"), ("E>D", "T, P"), ("E>D", "T"), ("T>D", "E"),
    ("T, E, P", "D"), ("T, E, P (D)",), ("T, E (D)",), ("D>T, E, P",), ("D>T", "E, P"), ("D>T", "E"), ("D", "T", "E, P"),
    ("T", "E", "D>P"), ("T", "E", "D", "P"), ("E", "T", "D", "P"), ("E", "T", "D"), ("T", "E", "D"), ("E, P", "T, D"),
    ("E, P", "T", "D"), ("T@E", "D | P"), ("T@E, P", "D"), ("D: T, E",), ("D: T, E, P",), ("D, E, P", "T"), ("D, E", "T"),
    ("E – T (D)",), ("E – T, P (D)",), ("T – E (D)",), ("T | E | P | D",), ("T | E | D",), ("E | T | D",), ("E | P | D", "T"),
    ("D>E>T",), ("D>T>E",), ("D>E, P>T",), ("D>E>P", "T"), ("T", "E P D"), ("T", "E, P / D"), ("T", "E · P", "D"),
    ("T>D", "E · P"), ("T>P", "E>D"), ("P>D", "T, E"), ("T", "E, P", "D"), ("T", "D", "E | P"), ("D", "T, E, P"),
    ("D | T", "E | P"), ("E, P — T", "D"), ("T>E", "P>D"), ("T (D)", "E, P"), ("E (D)", "T"), ("E (P)", "T (D)"),
    ("D P", "E", "T"), ("T", "D, E, P"), ("T | D", "E"), ("E>P", "D", "T"), ("D>E", "T"), ("D>E, P", "T"), ("T, D", "E, P"),
    ("E", "D>T"), ("E, P>D", "T"), ("T", "E>D>P"), ("D>P", "E", "T"), ("T", "E", "P | D"), ("T – E, P>D",), ("T, E>D",),
    ("E", "T", "D", "P"), ("T, E", "D"), ("T, E", "D"), ("T, E, P", "D"), ("E", "D>T"), ("D~", "T, E"), ("D~", "T, E, P"),
    ("T - E - P>D",),
    ("T – E – P>D",),
    ("T - E>D",),
    ("T | E, P | D",),
    ("T, E, P>D",), ("E, P, T, D",), ("T / E / D",), ("D — T — E",), ("E: T>D",), ("T", "E — P", "D"), ("T (E)>D",),
)  # fmt: skip
_LABELLED = ("ETDP", "DTEP", "TED", "ETD", "DET")


@dataclass(slots=True)
class Layout:
    """How one document looks."""

    format: str
    language: str
    head: tuple[str, ...]
    degree_head: tuple[str, ...]
    dates: str
    dash: str
    glyph: str
    heading: str  # "level", "same level", "bold", "caps", "plain", "size"
    heading_case: str
    styles: dict[str, str] = field(default_factory=dict)  # of a letter of the head
    side: str = "\t"
    group: bool = False
    labelled: str = ""
    table_head: bool = False
    gap: bool = True
    bullet_kind: str = "item"
    entry_heading: int = 0
    no_headings: bool = False
    looks: bool = False
    rule: str = ""
    marked: bool = True
    heading_level: int = 2
    heading_size: float = 1.3


def draw(r: random.Random, language: str) -> Layout:
    """Return a layout drawn at random."""
    form = r.choice(("md", "txt", "docx", "docx", "pdf", "pdf", "pdf", "html"))
    layout = Layout(
        form,
        language,
        r.choice(HEADS),
        r.choice(HEADS),
        r.choice(("Mon Y", "Month Y", "m/Y", "m.Y", "Y-m", "Y", "Mon. Y", "Mon ’y", "Mon-y", "Y/m", "m/Y", "Mon Y", "Y.m")),
        r.choice((" – ", " - ", "–", "-", " to ", " — ", "—", " ‑ ", " → ") if language == "en" else (" – ", " - ", "–", "-")),
        r.choice(_GLYPHS),
        r.choice({"md": ("level",), "html": ("level", "level", "bold"), "txt": ("caps", "caps", "plain")}.get(
            form, ("level", "level", "bold", "caps", "size", "same level", "bold caps"))),
        r.choice(("as is", "upper", "colon", "as is", "as is")),
    )  # fmt: skip
    if form != "txt":
        kinds = ("", "", "bold", "italic", "bold", "caps")
        layout.styles = {letter: r.choice(kinds) for letter in "TEPD"}
        if r.random() < 0.5:
            layout.styles[r.choice("TE")] = "bold"
    if r.random() < 0.5:
        layout.degree_head = layout.head
    sides = {
        "md": (" | ", " — ", " · "),
        "html": ("\t", " ", "  ", "\t"),
        "txt": ("\t", "   ", "\t\t", " ....... ", "        "),
    }
    layout.side = r.choice(sides.get(form, ("\t", "\t", "\t", "\t", "   ", "\t\t")))
    if form == "md" and r.random() < 0.6:
        layout.entry_heading = 3
    if form in {"html", "docx"} and r.random() < 0.3:
        layout.entry_heading = 3
    if form == "pdf" and r.random() < 0.25:
        layout.entry_heading = r.choice((2, 3))
    layout.group = r.random() < 0.14
    layout.labelled = r.choice(_LABELLED) if r.random() < 0.06 else ""
    layout.table_head = r.random() < 0.06 and len(layout.head) == 1 and ">" in layout.head[0]
    layout.gap = r.random() < 0.75
    layout.bullet_kind = (
        r.choice(("item", "item", "item", "glyph", "item", "plain")) if form != "html" else "item"
    )
    if form == "md":
        layout.bullet_kind = r.choice(("item", "item", "item", "nested"))
    layout.no_headings = form in {"txt", "docx"} and r.random() < 0.2
    layout.looks = r.random() < 0.85
    layout.rule = r.choice(("", "", "", "=", "-")) if form == "txt" else ""
    layout.marked = layout.heading in {"level", "same level"} or (
        form in {"pdf", "docx"} and r.random() < 0.6
    )
    if form == "txt":
        layout.marked = bool(layout.rule)
    layout.heading_size = r.choice((1.0, 1.1, 1.3, 1.4))
    layout.heading_level = 1 if form == "docx" and r.random() < 0.5 else 2
    if layout.marked and r.random() < 0.06:
        layout.entry_heading = layout.heading_level
    return layout


Labelled = tuple[Line, str]


class Printer:
    """Prints one person in one layout."""

    def __init__(self, person: Person, layout: Layout, inventor: Inventor) -> None:
        self.person, self.layout, self.inventor = person, layout, inventor
        self.r = inventor.random
        self.out: list[Labelled] = []
        self.number = 0
        self.marks: dict[int, list[tuple[str, str]]] = {}  # of a line: what its parts are
        self.end_only = self.r.random() < 0.45
        self.short_bullets = self.r.random() < 0.15
        self.long_dates = self.r.random() < 0.08
        self.page_left = self.r.choice((36.0, 54.0, 72.0))

    def print(self) -> list[Labelled]:
        """Return the lines of the document with their labels."""
        self._top()
        kinds = ["summary", "experience", "education", "skills", "languages", "certificates", "projects",
                 "publications", "awards", "volunteering", "interests", "references", "other"]  # fmt: skip
        chances = {"experience": 1.0, "education": 0.95, "summary": 0.5, "skills": 0.75, "languages": 0.5,
                   "certificates": 0.4, "projects": 0.25, "publications": 0.15, "awards": 0.2, "volunteering": 0.12,
                   "interests": 0.35, "references": 0.3, "other": 0.2}  # fmt: skip
        few = 0.3 if self.r.random() < 0.15 else 1.0
        chosen = [
            kind
            for kind in kinds
            if self.r.random() < chances[kind] * (few if kind != "experience" else 1.0)
        ]
        if self.r.random() < 0.35:
            self.r.shuffle(chosen)
        elif self.r.random() < 0.3:
            chosen.sort(key=lambda kind: kind == "experience")
        for kind in chosen:
            if not (self.layout.no_headings and self.r.random() < 0.9):
                if kind == "references" and self.r.random() < 0.4:
                    self._line("References available on request.", "S:references", gap=True)
                    continue
                self._heading(kind)
            self._section(kind)
        if self.r.random() < 0.08:
            day = self.r.choice(("15.01.2026", "3 May 2025", "12/2025", "January 2026"))
            place = self.inventor.city(self.person.language)
            self._line(
                self.r.choice(
                    (f"{place}, {day}", f"Place: {place}", f"Date: {day}", f"{place}, den {day}")
                ),
                "doc",
                gap=True,
            )
            if self.r.random() < 0.6:
                self._line(self.person.name, "doc")
        if self.layout.format == "pdf" and self.r.random() < 0.1:
            self._line(f"{self.person.name} – Page {self.r.randint(1, 2)}", "doc")
        return self.out

    # ---- lines ---------------------------------------------------------------------------

    def _line(
        self, text: str | Sequence[Run], label: str, *, kind: LineKind = LineKind.PARAGRAPH, level: int = 0,
        gap: bool | None = None, size: float = 1.0, indent: float = 0.0, bullet: bool = False, caps: bool = False,
    ) -> None:  # fmt: skip
        layout = self.layout
        self.number += 1
        gap = bool(gap)
        if layout.format == "html":
            gap = kind is not LineKind.ITEM or self.r.random() < 0.2
        elif layout.format == "pdf" and self.r.random() < 0.04:
            gap = not gap
        rich = RichText.of(text if isinstance(text, str) else [run for run in text if run.text])
        look = Look()
        if layout.looks:
            above = self.r.uniform(0.3, 1.2) if gap else 0.0
            if layout.format in {"md", "html"}:
                size = (
                    {1: 2.0, 2: 1.5, 3: 1.17}.get(level, 1.0) if kind is LineKind.HEADING else 1.0
                )
            elif layout.format == "txt":
                size = 1.0
            bullet = bullet or kind is LineKind.ITEM
            look = Look(round(size, 2), indent, above, bullet, caps, None, 1 if layout.format == "pdf" else 0,
                        self.page_left + indent)  # fmt: skip
        self.out.append((Line(kind, level, rich, self.number, gap, look), label))

    def _heading(self, kind: str) -> None:
        r, layout = self.r, self.layout
        known = data_toml("headings.toml")[kind]["synonyms"]
        own = words.HEADINGS[kind]
        text = r.choice(own) if r.random() < 0.5 else r.choice(known)
        if text == text.lower():
            text = r.choice((text.title(), text.capitalize()))
        label = f"H:{kind}"
        if layout.heading_case == "upper" or "caps" in layout.heading:
            text = text.upper()
        if layout.heading_case == "colon":
            text += ":"
        if layout.rule:
            rule = layout.rule * r.choice((20, 60, 78))
            text = f"{rule} {text}" if r.random() < 0.5 else text
        if r.random() < 0.04:
            text += r.choice(
                (
                    " full list on example.org/list",
                    " (selected)",
                    "\tUK",
                    " | see example.org",
                    " – in brief",
                    " (2010–2024)",
                )
            )
        size = r.choice((1.0, 1.1)) if "size" not in layout.heading else 1.4
        size = size if layout.heading != "level" else layout.heading_size
        bold = "bold" in layout.heading or (
            layout.heading in {"level", "size"} and layout.format == "pdf" and r.random() < 0.5
        )
        marked = layout.marked if r.random() < 0.96 else not layout.marked
        level = layout.heading_level
        self._line(
            [Run(text, bold=bold)], label, kind=LineKind.HEADING if marked else LineKind.PARAGRAPH,
            level=level if marked else 0, gap=r.random() < 0.9, size=size, caps=text.isupper(),
        )  # fmt: skip

    def _bullet(self, text: str, label: str) -> None:
        layout = self.layout
        if layout.bullet_kind in {"item", "nested"}:
            level = 2 if layout.bullet_kind == "nested" else 1
            glyph = (
                layout.glyph if layout.format in {"txt", "docx"} and self.r.random() < 0.5 else ""
            )
            self._line(glyph + text, label, kind=LineKind.ITEM, level=level, indent=18.0, bullet=True,
                       gap=layout.format == "txt" and self.r.random() < 0.1)  # fmt: skip
        elif layout.bullet_kind == "glyph":
            self._line(layout.glyph + text, label, indent=self.r.choice((0.0, 18.0)), bullet=True)
        else:
            self._line(text, label, indent=self.r.choice((0.0, 0.0, 18.0)))

    # ---- the head of the document --------------------------------------------------------

    def _top(self) -> None:
        r, layout, p = self.r, self.layout, self.person
        if r.random() < 0.12:
            self._line(r.choice(words.DOCUMENT_TITLES), "doc", kind=r.choice((LineKind.PARAGRAPH, LineKind.HEADING)),
                       level=1, size=1.6)  # fmt: skip
        headline = p.headline if r.random() < 0.45 else ""
        labelled = r.random() < 0.12
        name = p.name.upper() if r.random() < 0.2 else p.name
        if labelled:
            if r.random() < 0.6:
                self._heading("contact")
            colon = r.choice((": ", ":\t", " | ", "\t: ", "\t"))
            rows = [("name", name), ("address", p.address), ("phone", p.phone), ("email", p.email)]
            if r.random() < 0.3:
                rows.append(
                    (
                        "birth",
                        f"{r.randint(1, 28):02}.{r.randint(1, 12):02}.{r.randint(1960, 2003)}",
                    )
                )
            if r.random() < 0.2:
                rows.append(
                    (
                        "nationality",
                        r.choice(("Swiss", "deutsch", "British", "française", "Spanish")),
                    )
                )
            for key, value in rows:
                self._line(
                    f"{r.choice(words.CONTACT_LABELS[key])}{colon}{value}",
                    "name" if key == "name" else "top",
                )
            return
        kind = {"md": LineKind.HEADING, "html": LineKind.HEADING, "txt": LineKind.PARAGRAPH}.get(
            layout.format, r.choice((LineKind.HEADING, LineKind.PARAGRAPH))
        )
        extra = f" – {headline}" if headline and r.random() < 0.1 else ""
        self._line([Run(name + extra, bold=r.random() < 0.5)], "name", kind=kind,
                   level=1 if kind is LineKind.HEADING else 0, size=r.choice((1.0, 1.5, 2.0, 2.4)))  # fmt: skip
        if headline and not extra:
            small = r.random() < 0.1
            self._line(headline, "top", kind=LineKind.HEADING if small else LineKind.PARAGRAPH, level=2 if small else 0,
                       size=r.choice((1.0, 1.2)))  # fmt: skip
        items = [p.address, p.phone, p.email, p.site]
        r.shuffle(items)
        items = items[: r.randint(2, 4)]
        if r.random() < 0.15:
            items = [
                f"{r.choice(words.CONTACT_LABELS['phone'])}: {x}" if x is p.phone else x
                for x in items
            ]
        if r.random() < 0.6:
            split = r.randint(1, len(items))
            sep = r.choice((" | ", " • ", "\t", " · ", ", ", "  "))
            for part in (items[:split], items[split:]):
                if part:
                    self._line(sep.join(part), "top")
        else:
            for item in items:
                self._line(item, "top", kind=LineKind.ITEM if layout.format in {"md", "html"} and r.random() < 0.3 else LineKind.PARAGRAPH,
                           level=1 if layout.format in {"md", "html"} else 0)  # fmt: skip

    # ---- sections ------------------------------------------------------------------------

    def _section(self, kind: str) -> None:
        r, p, layout = self.r, self.person, self.layout
        if kind == "experience":
            jobs = p.jobs if r.random() < 0.85 else p.jobs[::-1]
            self._entries(jobs, layout.head, "exp")
        elif kind == "education":
            self._entries(p.degrees, layout.degree_head, "edu")
        elif kind == "volunteering":
            self._entries(p.jobs[:1], layout.head, "exp")
        elif kind == "projects":
            for number, project in enumerate(p.projects):
                form = r.choice(("T", "T>D", "T (D)", "T | D"))
                self._head_line(form, project, "B:exp", first=number == 0)
                for bullet in project.bullets:
                    self._bullet(bullet, "T:exp")
        elif kind == "summary":
            self._line(p.summary, "S:summary", gap=True)
            if r.random() < 0.2:
                for _ in range(r.randint(2, 4)):
                    self._bullet(self.inventor.sentence(p.language), "S:summary")
        else:
            self._list(kind)

    def _list(self, kind: str) -> None:
        r, p = self.r, self.person
        label = f"S:{kind}"
        texts: list[str] = []
        if kind == "skills":
            form = r.choice(
                ("groups", "groups", "flat", "items", "tabs", "bold groups", "bars", "nested")
            )
            flat = [skill for _, group in p.skills for skill in group]
            if form == "groups":
                colon = r.choice((": ", ":\t", "\t", " : ", "\t: ", "   : "))
                texts = [f"{name}{colon}{', '.join(group)}" for name, group in p.skills]
            elif form == "bold groups":
                for name, group in p.skills:
                    self._line([Run(f"{name}:", bold=True), Run(" " + ", ".join(group))], label)
                return
            elif form == "nested":
                for name, group in p.skills:
                    heading = self.layout.format in {"md", "html", "pdf"} and r.random() < 0.5
                    self._line([Run(name, bold=True)], label, kind=LineKind.HEADING if heading else LineKind.PARAGRAPH,
                               level=3 if heading else 0, gap=True)  # fmt: skip
                    for skill in group:
                        self._bullet(skill, label)
                return
            elif form == "flat":
                texts = [r.choice((", ", " | ", " • ", "; ")).join(flat)]
            elif form == "tabs":
                texts = ["\t".join(flat[i : i + 3]) for i in range(0, len(flat), 3)]
            elif form == "bars":
                texts = [
                    f"{skill}\t{r.choice(('●●●○○', '80 %', 'expert', '★★★'))}" for skill in flat
                ]
            else:
                texts = flat
        elif kind == "languages":
            form = r.choice((" (", " – ", ": ", "\t", " ....... "))
            items = [
                f"{name}{form}{level}{')' if form == ' (' else ''}" for name, level in p.spoken
            ]
            texts = [", ".join(items)] if r.random() < 0.5 else items
        elif kind in {"certificates", "awards"}:
            form = r.choice(
                (
                    "{c}, {y}",
                    "{c} ({y})",
                    "{y}\t{c}",
                    "{y} – {c}",
                    "{c}\t{y}",
                    "{c}",
                    "{y} | {c}",
                    "{c} – {y}",
                )
            )
            texts = [form.format(c=name, y=year) for name, year in p.certificates]
        elif kind == "publications":
            texts = p.publications
            if r.random() < 0.3:
                texts = [f"{r.randint(1999, 2025)}\t{text}" for text in texts]
        elif kind == "references":
            texts = ["References available on request."] if r.random() < 0.6 else [
                f"{self.inventor.fake(p.language).name()}, {self.inventor.title(p.language)}, {self.inventor.employer(p.language)}",
                "E-mail: ref@example.org",
            ]  # fmt: skip
        elif kind == "interests":
            texts = [r.choice(("Choir, sailing, bread", "Escalade, chorale, jeux de société", "Lesen, Wandern, Kochen",
                               "Long-distance skating, accordion", "Football, photography and chess", "Chess"))]  # fmt: skip
        else:
            texts = r.choice((["Member of the Guild of Accountants"], ["Driving licence B", "Own car"],
                              ["I hereby declare that the above is true.", "Place: Hull"], ["IEEE, member since 2012"]))  # fmt: skip
        as_items = r.random() < 0.5
        for number, text in enumerate(texts):
            if as_items:
                self._bullet(text, label)
            else:
                self._line(text, label, gap=number == 0 and r.random() < 0.5)

    # ---- entries -------------------------------------------------------------------------

    def _entries(self, jobs: Sequence[Job], head: tuple[str, ...], group: str) -> None:
        layout, r = self.layout, self.r
        edu = group == "edu"
        if layout.table_head and head is layout.head:
            names = {
                "T": "degree" if edu else "title",
                "E": "school" if edu else "employer",
                "D": "dates",
                "P": "place",
            }
            letters = [c for c in head[0] if c in names]
            self._line([Run("\t".join(r.choice(words.FIELD_LABELS[names[c]]) for c in letters), bold=r.random() < 0.6)],
                       f"L:{group}")  # fmt: skip
        previous = ""
        for number, job in enumerate(jobs):
            shared = layout.group and not edu and job.employer == previous
            self._head(job, head, group, shared=shared, first=number == 0)
            previous = job.employer
            if job.summary:
                self._line(
                    [Run(job.summary, italic=r.random() < 0.2)], f"T:{group}", gap=r.random() < 0.1
                )
            if job.bullets and not edu and r.random() < 0.07:
                self._line(
                    [Run(r.choice(words.BODY_LABELS), bold=r.random() < 0.6)],
                    f"L:{group}",
                    gap=r.random() < 0.3,
                )
            bullets = (
                job.bullets
                if not self.short_bullets
                else [self._short_bullet() for _ in job.bullets]
            )
            for bullet in bullets:
                if not edu and r.random() < 0.02:  # a list of its own within the entry
                    small = layout.format in {"md", "html"} and r.random() < 0.5
                    self._line([Run(r.choice(words.BODY_LABELS).rstrip(":"), bold=not small)], "L:exp", gap=r.random() < 0.5,
                               kind=LineKind.HEADING if small else LineKind.PARAGRAPH, level=4 if small else 0)  # fmt: skip
                if not edu and r.random() < 0.05:
                    bullet = r.choice((f"as {job.title}, {r.randint(2005, 2020)}-{r.randint(21, 24)}: {bullet}",
                                       f"{self.inventor.skill()}: {bullet}", f"Technologies: {self.inventor.skill()}, {self.inventor.skill()}",
                                       f"{bullet.rstrip('.')}, {job.place}", f"{job.title} for {self.inventor.skill()}, {self.inventor.skill()}"))  # fmt: skip
                if edu and r.random() < 0.6:
                    self._line(bullet, f"T:{group}")
                else:
                    self._bullet(bullet, f"T:{group}")
            if not edu and r.random() < 0.05:
                self._line(
                    f"{r.choice(('Technologies', 'Tools', 'Stack'))}: {self.inventor.skill()}, {self.inventor.skill()}",
                    f"T:{group}",
                )

    def _short_bullet(self) -> str:
        """Return a bullet of one to three words."""
        r = self.r
        verb = r.choice(("Baked", "Served", "Swept", "Taught maths", "Cooked", "Sold shoes", "Drove", "Wrote", "Ran the shop",
                         "Konstruktion", "Maintenance", "Montage", "Vente", "Ventas", "Wards", "Clinics", "Roses", "Led", "Cleaned",
                         "Did this", "Did that", self.inventor.skill().capitalize(), f"{self.inventor.coined()} project"))  # fmt: skip
        return verb + r.choice((".", "", "."))

    def _head(
        self, job: Job, head: tuple[str, ...], group: str, *, shared: bool, first: bool
    ) -> None:
        layout, r = self.layout, self.r
        if layout.labelled:
            names = {"T": "degree" if group == "edu" else "title", "E": "school" if group == "edu" else "employer",
                     "D": "dates", "P": "place"}  # fmt: skip
            colon = r.choice((": ", ":\t", "\t: "))
            for number, letter in enumerate(layout.labelled):
                value = self._value(letter, job)
                if value:
                    self.marks[self.number + 1] = [(letter, value)]
                    label = words.FIELD_LABELS[names[letter]][0]
                    self._line([Run(label, bold=True), Run(colon + value)], f"{'I' if number else 'B'}:{group}",
                               gap=number == 0)  # fmt: skip
            return
        if layout.group and group == "exp":
            if not shared:
                form = (
                    r.choice(("E", "E, P", "E>P")) if first else getattr(self, "_group_form", "E")
                )
                self._group_form = form
                self._head_line(form, job, f"G:{group}", first=True)
                if self.long_dates and r.random() < 0.8:
                    self._line(f"{r.randint(2, 9)} years {r.randint(1, 11)} months", f"G:{group}")
            for number, form in enumerate(getattr(self, "_role_form", None) or self._set_role()):
                self._head_line(
                    form, job, f"{'I' if number else 'B'}:{group}", first=False, number=number + 2
                )
            return
        if r.random() < 0.02:
            self._line(f"{r.randint(1, 9)} years {r.randint(1, 11)} months", f"I:{group}")
        for number, form in enumerate(head):
            if number and head[0].endswith("~"):  # the dates are a heading, the rest its first item
                before = len(self.out)
                self._head_line(form, job, f"I:{group}", first=False)
                if len(self.out) > before:
                    line, label = self.out[-1]
                    self.out[-1] = (replace(line, kind=LineKind.ITEM, level=1), label)
                continue
            self._head_line(
                form, job, f"{'I' if number else 'B'}:{group}", first=number == 0, number=number
            )

    def _set_role(self) -> tuple[str, ...]:
        forms = (
            ("T>D",),
            ("T, D",),
            ("T (D)",),
            ("T | D",),
            ("D>T",),
            ("T", "D"),
            ("T", "D", "P"),
            ("T>D",),
            ("D", "T"),
        )
        self._role_form = self.r.choice(forms)
        return self._role_form

    def _head_line(self, form: str, job: Job, label: str, *, first: bool, number: int = 0) -> None:
        layout, r = self.layout, self.r
        runs: list[Run] = []
        marks: list[tuple[str, str]] = []
        for character in form:
            if character in "TEPD":
                style = layout.styles.get(character, "")
                value = self._value(character, job)
                if not value:  # with the separator before it
                    while runs and not any(c.isalnum() for c in runs[-1].text):
                        runs.pop()
                    continue
                marks.append((character, value.upper() if style == "caps" else value))
                runs.append(
                    Run(
                        value.upper() if style == "caps" else value,
                        bold=style == "bold",
                        italic=style == "italic",
                    )
                )
            elif character == "~":
                continue
            elif character == ">":
                runs.append(Run(layout.side))
            elif character == "@":
                runs.append(Run(r.choice(_AT[self.person.language])))
            else:
                runs.append(Run(character))
        text = "".join(run.text for run in runs)
        if text.count("(") > text.count(")"):
            runs.append(Run(")"))
        elif text.count(")") > text.count("("):
            runs = [Run(run.text.replace(")", ""), run.bold, run.italic) for run in runs]
        kind, level = LineKind.PARAGRAPH, 0
        if first and layout.entry_heading:
            kind, level = LineKind.HEADING, layout.entry_heading
        elif (
            number == 1
            and layout.entry_heading == 3
            and layout.format == "md"
            and len(layout.head) > 2
        ):
            kind, level = LineKind.HEADING, 4
        elif layout.bullet_kind == "nested":
            kind, level = LineKind.ITEM, 1
        gap = first and (layout.gap or r.random() < 0.1)
        if layout.format == "md" and kind is LineKind.HEADING:
            gap = True
        self.marks[self.number + 1] = marks
        self._line(
            runs,
            label,
            kind=kind,
            level=level,
            gap=gap,
            size=1.1 if kind is LineKind.HEADING else 1.0,
        )

    def _value(self, letter: str, job: Job) -> str:
        if letter == "T":
            return job.title
        if letter == "E":
            return job.employer
        if letter == "P":
            return job.place
        return self._dates(job)

    def _dates(self, job: Job) -> str:
        layout, r, language = self.layout, self.r, self.person.language
        start, end = self._date(job.start), self._date(job.end) if job.end else ""
        if (
            job.start == job.end
            or (self.end_only and job in self.person.degrees)
            or (job.title in {d.title for d in self.person.degrees} and layout.dash == " to ")
        ):
            return self._date(job.end or job.start)
        if not end:
            if layout.dash == "-" and r.random() < 0.5:
                return f"{_SINCE[language]} {start}"
            end = _PRESENT[language][len(self.person.name) % len(_PRESENT[language])]
            if end.startswith(("to ", "Till ", "à ")) and layout.dash == " to ":
                end = "present"
        length = f" ({r.randint(1, 9)} years {r.randint(1, 11)} months)" if self.long_dates else ""
        return f"{start}{layout.dash}{end}{length}"

    def _date(self, date: tuple[int, int | None]) -> str:
        year, month = date
        if month is None or self.layout.dates == "Y":
            return str(year)
        name = _MONTHS[self.person.language].split()[month - 1]
        short = name[:3] if len(name) > 4 else name
        form = self.layout.dates
        return {
            "Mon Y": f"{short} {year}", "Month Y": f"{name} {year}", "m/Y": f"{month:02}/{year}", "m.Y": f"{month:02}.{year}",
            "Y-m": f"{year}-{month:02}", "Mon. Y": f"{short}. {year}", "Mon ’y": f"{short} ’{year % 100:02}",
            "Mon-y": f"{short}-{year % 100:02}", "Y/m": f"{year}/{month:02}", "Y.m": f"{year}.{month:02}",
        }[form]  # fmt: skip


def documents(inventor: Inventor, count: int) -> list[tuple[list[Labelled], Person]]:
    """Return `count` documents, each of another person in another layout, with the person."""
    return [(printer.out, printer.person) for printer in printed(inventor, count)]


def printed(inventor: Inventor, count: int) -> Iterator[Printer]:
    """Yield `count` printers that have printed, each another person in another layout."""
    for _ in range(count):
        language = inventor.language()
        person = inventor.person(language)
        printer = Printer(person, draw(inventor.random, language), inventor)
        printer.print()
        yield printer
