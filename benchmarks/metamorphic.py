"""Change a posting without changing what it asks for: the best five lines should stay the same.

    python benchmarks/metamorphic.py [--bench ../shared/bench] [--top 5] [--moved]

For each graded pair of a posting and a CV the posting's acronyms are spelt out and its terms
abbreviated, its spelling is made American or British, its sections are put in another order,
and a paragraph on benefits or on equal opportunity is put at its beginning, between two
sections in its middle, and at its end. Printed are, of the pairs whose text a change altered,
the share with the same set of best lines, the share with the same order of them, and the mean
overlap of the two sets. `--moved` lists the lines that came and went.
"""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from ranking import SHARED, Query, load, load_postings

import tailor
from tailor.reading.posting.text import parse_posting
from tailor.values.resources import data_table

TOP = 5
AIM = 0.95  # the share of pairs and changes that should keep their best lines

_HEAD_LINES = 8  # among which the title stands, if it stands alone

Change = Callable[[str], str]

BENEFITS = (
    "We look after the people who work here: a salary between $85,000 and $120,000, private "
    "medical and dental cover, a pension to which we add 6%, thirty days of paid holiday, a "
    "budget for books and courses, free lunches on Fridays and a gym two doors down."
)
EEO = (
    "Orrin & Vale is an equal opportunity employer. All applicants are considered without regard "
    "to race, colour, religion, sex, gender identity, sexual orientation, national origin, age, "
    "disability or veteran status. If you need an accommodation during the application process, "
    "please tell us."
)
PLACES = ("beginning", "middle", "end")

# Stems before British -ise, -isation, -iser and American -ize, -ization, -izer.
_IZE = """
    author categor central character commercial custom digit emphas final formal general global
    harmon initial local material maxim minim mobil modern monet normal optim organ parallel
    personal prior quant random real recogn scrutin serial special stabil standard summar
    synchron token util vector virtual visual
""".split()
# Stems before British -our and American -or.
_OR = "arm behavi col endeav fav fl harb hon hum lab neighb rig sav splend val vap vig".split()
# Stems of which British doubles the last letter before -ed, -ing and -er.
_DOUBLED = "cancel channel counsel dial fuel label level marshal model signal total travel".split()
_BRITISH_AMERICAN = {
    "analyse": "analyze", "analyses": "analyzes", "analysed": "analyzed", "analysing": "analyzing",
    "catalyse": "catalyze", "catalysing": "catalyzing", "paralyse": "paralyze",
    "centre": "center", "centres": "centers", "centred": "centered", "fibre": "fiber",
    "fibres": "fibers", "litre": "liter", "litres": "liters", "theatre": "theater",
    "theatres": "theaters", "calibre": "caliber", "programme": "program",
    "programmes": "programs", "catalogue": "catalog", "catalogues": "catalogs",
    "dialogue": "dialog", "dialogues": "dialogs", "analogue": "analog",
    "licence": "license", "licences": "licenses", "defence": "defense", "offence": "offense",
    "practising": "practicing", "fulfil": "fulfill", "fulfils": "fulfills",
    "fulfilment": "fulfillment", "enrol": "enroll", "enrolment": "enrollment",
    "instalment": "installment", "skilful": "skillful", "judgement": "judgment",
    "acknowledgement": "acknowledgment", "ageing": "aging", "grey": "gray",
    "artefact": "artifact", "artefacts": "artifacts", "sceptical": "skeptical",
    "mould": "mold", "aluminium": "aluminum", "manoeuvre": "maneuver",
    "paediatric": "pediatric", "paediatrics": "pediatrics", "orthopaedic": "orthopedic",
    "gynaecology": "gynecology", "anaesthesia": "anesthesia", "haematology": "hematology",
    "oesophageal": "esophageal", "learnt": "learned", "whilst": "while", "amongst": "among",
    "cheque": "check", "tyre": "tire", "storey": "story", "jewellery": "jewelry",
}  # fmt: skip
# What is right in both, or another word there: only the British form tells.
_ONLY_TO_AMERICAN = frozenset({"learned", "while", "among", "check", "tire", "story"})


@dataclass(frozen=True)
class Outcome:
    """What a change did to the best lines of one pair: their places in the CV, best first."""

    query: str
    before: tuple[int, ...]
    after: tuple[int, ...]

    @property
    def same_set(self) -> bool:
        """Tell whether the same lines are the best."""
        return set(self.before) == set(self.after)

    @property
    def same_order(self) -> bool:
        """Tell whether they stand in the same order too."""
        return self.before == self.after

    @property
    def overlap(self) -> float:
        """The share of the best lines that still are, 0 to 1."""
        return len(set(self.before) & set(self.after)) / len(self.before)


def spell_out(text: str) -> str:
    """Put the expansion for each acronym of the table; a plural stays one."""
    pattern, expansions = _acronyms()

    def expansion(found: re.Match[str]) -> str:
        # "NLP", "SaaS", "GPUs", but no word that only looks like one ("care", "Sat").
        if sum(letter.isupper() for letter in found[1]) < min(len(found[1]), 2):
            return found[0]
        return expansions.get(found[1].lower(), found[1]) + (found[2] or "")

    # In a line of capitals every word looks like an acronym.
    return "".join(
        line if line.isupper() else pattern.sub(expansion, line)
        for line in text.splitlines(keepends=True)
    )


def abbreviate(text: str) -> str:
    """Put the acronym for each expansion of the table; a plural stays one."""
    pattern, acronyms = _expansions()
    return pattern.sub(
        lambda found: acronyms[_spaced(found[1].lower())].upper() + (found[2] or ""), text
    )


def to_american(text: str) -> str:
    """Put the American spelling for each British one of the list."""
    return _respelt(text, _spellings())


def to_british(text: str) -> str:
    """Put the British spelling for each American one of the list."""
    backwards = {us: uk for uk, us in _spellings().items() if us not in _ONLY_TO_AMERICAN}
    return _respelt(text, backwards)


def reversed_sections(text: str) -> str:
    """Put the sections, each with its heading, in reverse order; what stands above them stays."""
    first, *sections = _sections(text)
    return "\n\n".join([first, *sections[::-1]])


def rotated_sections(text: str) -> str:
    """Put the first half of the sections, each with its heading, below the other half."""
    first, *sections = _sections(text)
    half = (len(sections) + 1) // 2
    return "\n\n".join([first, *sections[half:], *sections[:half]])


def with_paragraph(text: str, paragraph: str, place: str) -> str:
    """Add a paragraph after the title, between two sections in the middle, or at the end."""
    if place == "end":
        return f"{text}\n\n{paragraph}\n"
    if place == "middle":
        parts = _sections(text)
        half = (len(parts) + 1) // 2
        return "\n\n".join([*parts[:half], paragraph, *parts[half:]])
    lines = text.splitlines()
    title = parse_posting(text).title
    head = enumerate(lines[:_HEAD_LINES], start=1)
    below = next((number for number, line in head if _is_title(line, title)), 0)
    return "\n".join([*lines[:below], "", paragraph, "", *lines[below:]])


CHANGES: dict[str, Change] = {
    "acronyms spelt out": spell_out,
    "terms abbreviated": abbreviate,
    "spelling American": to_american,
    "spelling British": to_british,
    "sections reversed": reversed_sections,
    "sections rotated": rotated_sections,
    **{
        f"{name} at the {place}": partial(with_paragraph, paragraph=paragraph, place=place)
        for name, paragraph in (("benefits", BENEFITS), ("equal opportunity", EEO))
        for place in PLACES
    },
}


def top_lines(posting: str, lines: Sequence[str], number: int = TOP) -> tuple[int, ...]:
    """Return the places of the best lines, best first; ties in the CV's order."""
    scores = tailor.score_bullets(posting, lines).tolist()
    return tuple(sorted(range(len(lines)), key=lambda place: -scores[place])[:number])


def outcomes(queries: Sequence[Query], change: Change, number: int = TOP) -> list[Outcome]:
    """Return what `change` did to each pair whose posting it altered."""
    found = []
    for query in queries:
        changed = change(query.posting)
        if changed.split() != query.posting.split():
            before, after = (
                top_lines(text, query.lines, number) for text in (query.posting, changed)
            )
            found.append(Outcome(query.id, before, after))
    return found


def same_set_share(found: Sequence[Outcome]) -> float:
    """Return the share of `found` with the same set of best lines; 1 where there is none."""
    return sum(outcome.same_set for outcome in found) / len(found) if found else 1.0


def load_graded(bench: Path, postings: Path) -> list[Query]:
    """Load the graded pairs."""
    return load(bench / "graded.json", load_postings(postings))


@cache
def _acronyms() -> tuple[re.Pattern[str], dict[str, str]]:
    rows = [row for row in data_table("skill_aliases.tsv") if row["kind"] == "acronym"]
    every = {row["alias"]: row["term"] for row in rows if " " not in row["alias"]}
    # The table has some plurals ("gpus") beside their singular; here a plural is made.
    expansions = {
        alias: term
        for alias, term in every.items()
        if not (alias.endswith("s") and every.get(alias[:-1]) == term)
    }
    # "Power BI" is no business intelligence, and who spells out "CI/CD" spells out both.
    names = {
        form for row in data_table("skill_aliases.tsv") for form in (row["alias"], row["term"])
    }
    whole = {
        name
        for name in names
        if name not in expansions and set(re.split("[ /]", name)) & set(expansions)
    }
    return _any_of(map(re.escape, sorted({*expansions, *whole}))), expansions


@cache
def _expansions() -> tuple[re.Pattern[str], dict[str, str]]:
    acronyms: dict[str, str] = {}
    for alias, term in _acronyms()[1].items():
        acronyms.setdefault(_spaced(term), alias)
    patterns = (re.escape(term).replace(r"\ ", "[ -]") for term in acronyms)
    return _any_of(patterns), acronyms


def _any_of(patterns: Iterator[str]) -> re.Pattern[str]:
    longest_first = sorted(patterns, key=len, reverse=True)
    return re.compile(rf"(?<![\w&.-])({'|'.join(longest_first)})(s)?(?![\w&])", re.IGNORECASE)


def _spaced(term: str) -> str:
    return term.replace("-", " ")


@cache
def _spellings() -> dict[str, str]:
    """Return the British spellings with the American one of each."""
    pairs = dict(_BRITISH_AMERICAN)
    for stem in _IZE:
        for end in ("e", "es", "ed", "ing", "er", "ers", "ation", "ations"):
            pairs[f"{stem}is{end}"] = f"{stem}iz{end}"
    for stem in _OR:
        for end in ("", "s", "ed", "ing", "al", "able", "ite"):
            pairs[f"{stem}our{end}"] = f"{stem}or{end}"
    for stem in _DOUBLED:
        for end in ("ed", "ing", "er", "ers", "or", "ors"):
            pairs[f"{stem}l{end}"] = f"{stem}{end}"
    return pairs


def _respelt(text: str, spellings: dict[str, str]) -> str:
    def respelt(found: re.Match[str]) -> str:
        word = found[0]
        other = spellings.get(word.lower(), word)
        if other == word:
            return word
        return other.upper() if word.isupper() else word[0] + other[1:]

    return re.sub(r"[A-Za-z]+", respelt, text)


def _sections(text: str) -> list[str]:
    """Return what stands above the first heading, then each section with its heading.

    A heading directly below another belongs to the same section.
    """
    lines = text.splitlines()
    posting = parse_posting(text)
    heads = [line for line in posting.lines[:_HEAD_LINES] if _is_title(line.text, posting.title)]
    is_below_heading = False
    # Nothing is cut above the title, nor inside of a line: in a posting that was glued
    # together several lines have one number.
    cut_at = heads[0].number if heads else 0
    starts = []
    for line in posting.lines:
        if line.is_heading and not is_below_heading and line.number > cut_at:
            starts.append(line.number - 1)
        is_below_heading = line.is_heading and line not in heads
        cut_at = max(cut_at, line.number)
    ends = [*starts, len(lines)]
    parts = [lines[: ends[0]]]
    parts += [lines[start:end] for start, end in zip(starts, ends[1:], strict=True)]
    return ["\n".join(part).strip("\n") for part in parts]


def _is_title(line: str, title: str) -> bool:
    """Tell a line that is the title, perhaps with a label or a team; a sentence is none."""
    return bool(title) and title in line and len(line.split()) <= len(title.split()) + 8


def _print_moved(query: Query, outcome: Outcome, change: Change) -> None:
    before, after = (
        tailor.score_bullets(text, query.lines).tolist()
        for text in (query.posting, change(query.posting))
    )
    moved = set(outcome.before) ^ set(outcome.after)
    for place in sorted(moved, key=outcome.after.__contains__):
        verb = "came" if place in outcome.after else "went"
        scores = f"{before[place]:.4f} -> {after[place]:.4f}"
        print(f"    {outcome.query} {verb} {scores}  {query.lines[place]}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, default=SHARED / "bench")
    parser.add_argument("--postings", type=Path, default=SHARED / "postings/postings.jsonl.gz")
    parser.add_argument("--top", type=int, default=TOP)
    parser.add_argument("--moved", action="store_true", help="list the lines that came and went")
    options = parser.parse_args()
    queries = load_graded(options.bench, options.postings)
    by_id = {query.id: query for query in queries}
    every: list[Outcome] = []
    print("| change | pairs altered | same set | same order | mean overlap |")
    print("|---|---|---|---|---|")
    for name, change in CHANGES.items():
        found = outcomes(queries, change, options.top)
        every += found
        print(_row(name, found))
        for outcome in found:
            if options.moved and not outcome.same_set:
                _print_moved(by_id[outcome.query], outcome, change)
    print(_row("all", every))


def _row(name: str, found: Sequence[Outcome]) -> str:
    count = max(len(found), 1)
    order = sum(outcome.same_order for outcome in found) / count
    overlap = math.fsum(outcome.overlap for outcome in found) / count
    return f"| {name} | {len(found)} | {same_set_share(found):.3f} | {order:.3f} | {overlap:.3f} |"


if __name__ == "__main__":
    main()
