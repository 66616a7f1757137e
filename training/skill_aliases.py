"""Build `data/skill_aliases.tsv`: other forms of skills, each with the one form it stands for.

Run as ``python -m training.skill_aliases --lexicons ../shared/lexicons --out data/``.

Sources: the lists that `training.lexicons` names with their licences, and
`known_aliases.txt` beside this file, which is kept by hand and wins over them.

Precision comes before recall. A short form is kept only where its letters fit its
long form, one long form clearly prevails over all lists, and it is no English
word. A name of a product is kept only where one list knows it without its maker.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from training.forms import fold, key, phrase, singular, singular_acronym, squash
from training.lexicons import (
    Expansion,
    Source,
    read_english_words,
    read_expansions,
    read_name_aliases,
    read_names,
)

FILE_NAME = "skill_aliases.tsv"
HEADER = """\
# Other forms of skills and terms, each with the one form it stands for. All lower case.
# kind: acronym (the alias is the short form), alias (another name), spelling.
# A hyphen and a space count the same: forms that differ in nothing else are left out,
# and so are British and American spellings of one word. No term is itself an alias.
# Built by `python -m training.skill_aliases`; do not edit, edit its list of known aliases.
#
# Names, aliases and expansions were taken, and changed in form, from:
#   O*NET 29.3 Database, U.S. Department of Labor, Employment and Training Administration
#     (USDOL/ETA), used under the CC BY 4.0 licence. O*NET is a trademark of USDOL/ETA.
#     USDOL/ETA has not approved, endorsed, or tested this table.
#   ESCO, classification of the European Commission, CC BY 4.0
#   GitHub Linguist, lib/linguist/languages.yml, (c) 2017 GitHub, Inc., MIT
#   Devicon 2.17.0, devicon.json, (c) 2015 konpa, MIT
#   Simple Icons 16.37.0, data/simple-icons.json, CC0 1.0
#   Canvas-tools (github.com/gqmaguirejr/Canvas-tools), common_acronyms.py, MIT
#   OpenUCX (github.com/openucx/ucx), docs/source/glossaries.rst, BSD 3-Clause
#   figures of which acronyms job postings explain, and how many do
"""

# How often a long form must have been seen, and its share among all long forms of its acronym.
# An acronym of four letters and more hardly has a second meaning: it may be rarer.
_LEAST_SUPPORT = 3
_LEAST_SUPPORT_LONG = 2.5
_LEAST_SHARE = 0.7
# What being named in a curated list is worth, in texts.
_CURATED = {Source.ONET: 2.5, Source.TITLES: 1.0, Source.ESCO: 3.0, Source.UCX: 2.5}
# One employer often explains its own acronym in several postings: they count from the third on.
_REPEATED = 2
_SMALL_WORDS = frozenset(
    "a an and as at by for from in into of on or per the through to via with".split()
)
_MAKERS = tuple(
    "adobe amazon apache apple atlassian autodesk aws cisco citrix docker eclipse elastic esri gnu "
    "google grafana hashicorp ibm intuit jetbrains microsoft mozilla nvidia oracle salesforce sap "
    "siemens vmware".split()
)


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """One line of the table."""

    alias: str
    term: str
    kind: str


@dataclass(slots=True)
class Known:
    """What `known_aliases.txt` says."""

    rows: list[Row] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    ambiguous: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    safe: set[str] = field(default_factory=set)
    unwanted: set[str] = field(default_factory=set)


def build(lexicons: Path) -> list[Row]:
    """Return the rows of the table, sorted, from the lists in the folder `lexicons`."""
    known = read_known(Path(__file__).with_name("known_aliases.txt"))
    english = read_english_words(lexicons)
    names = read_names(lexicons)
    refused = english | {phrase(name) for part in names.values() for name in part}
    rows = [
        *known.rows,
        *_acronym_rows(read_expansions(lexicons), known, refused),
        *_name_rows(names, read_name_aliases(lexicons), known, english),
    ]
    return sorted(_consistent(row for row in rows if row.alias not in known.refused))


def read_known(path: Path) -> Known:
    """Read the list kept by hand; raise `ValueError` where it contradicts itself."""
    known = Known()
    section = ""
    kinds = {"acronyms": "acronym", "aliases": "alias", "spellings": "spelling"}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            section = line.strip("[]")
        elif section in kinds:
            term, _, forms = line.partition(": ")
            known.rows += [Row(form.strip(), term, kinds[section]) for form in forms.split(";")]
        elif section == "refused":
            known.refused.update(line.split("; "))
        else:
            getattr(known, section).update(line.split())
    aliases = [key(row.alias) for row in known.rows]
    twice = {alias for alias in aliases if aliases.count(alias) > 1}
    chained = {key(row.term) for row in known.rows} & set(aliases)
    refused = known.ambiguous & set(aliases)
    if twice or chained or refused:
        message = f"known_aliases.txt: twice {twice}, chained {chained}, ambiguous {refused}"
        raise ValueError(message)
    return known


def _acronym_rows(
    expansions: Iterable[Expansion], known: Known, refused: frozenset[str]
) -> Iterator[Row]:
    """Yield the acronyms of which one long form prevails."""
    support: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    spellings: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    plurals: set[tuple[str, str]] = set()
    for found in expansions:
        long = phrase(found.expansion)
        acronym, plural = singular_acronym(found.acronym, long)
        if not _fits(acronym.lower(), long):
            continue
        weight = _weight(found)
        support[acronym.lower()][fold(long)] += weight
        spellings[fold(long)][singular(long) if plural else long] += weight
        if plural:
            plurals.add((acronym.lower(), fold(long)))
    for acronym, longs in sorted(support.items()):
        best = max(longs, key=lambda long: (longs[long], long))
        long = _best_spelling(spellings[best])
        if _is_clear(acronym, longs) and _is_wanted(acronym, long, known, refused):
            if acronym in known.names:
                yield Row(long, acronym, "alias")
            else:
                yield Row(acronym, long, "acronym")
                if (acronym, best) in plurals and not acronym.endswith("s"):
                    yield Row(acronym + "s", long, "acronym")


def _best_spelling(spellings: dict[str, float]) -> str:
    """Return the singular where it was seen, else the spelling seen most, else the first."""
    choice = {text: n for text, n in spellings.items() if singular(text) == text} or spellings
    return min(choice, key=lambda text: (-choice[text], text))


def _weight(found: Expansion) -> float:
    if found.source is Source.POSTINGS:
        return max(found.support - _REPEATED, 0)
    return _CURATED.get(found.source, found.support)


def _is_clear(acronym: str, longs: dict[str, float]) -> bool:
    """Tell whether one long form was seen often enough, and the others hardly ever."""
    ordered = sorted(longs.values(), reverse=True)
    second = ordered[1] if len(ordered) > 1 else 0
    least = _LEAST_SUPPORT if len(acronym) <= 3 else _LEAST_SUPPORT_LONG
    clear = second < _LEAST_SUPPORT or ordered[0] >= 8 * second
    return ordered[0] >= least and ordered[0] >= _LEAST_SHARE * sum(ordered) and clear


def _is_wanted(acronym: str, long: str, known: Known, refused: frozenset[str]) -> bool:
    words = long.split()
    return (
        re.fullmatch(r"[a-z0-9][a-z0-9&/-]{2,7}", acronym) is not None
        and not acronym.isdigit()
        and acronym not in known.ambiguous
        and (acronym not in refused or acronym in known.names)
        and words[0] not in _SMALL_WORDS - {"a"}
        and not known.unwanted & set(words)
        and (2 <= len(words) <= 8 or len(long) >= 12)
        and re.fullmatch(r"[a-z0-9 '/&]+", long) is not None
    )


def _fits(acronym: str, long: str) -> bool:
    """Tell whether the letters of `acronym` are those that the words of `long` begin with.

    Each word gives its first letter and up to two more of its letters, or a
    whole short word; words like "of" may give none.
    """
    letters = re.sub(r"[^a-z0-9]", "", acronym)
    words = tuple(re.findall(r"[a-z0-9]+", long))
    return bool(letters) and _fits_from(letters, words)


@cache
def _fits_from(letters: str, words: tuple[str, ...]) -> bool:
    if not words:
        return not letters
    word, rest = words[0], words[1:]
    if word in _SMALL_WORDS and _fits_from(letters, rest):
        return True
    if letters.startswith(word) and _fits_from(letters[len(word) :], rest):
        return True
    return any(
        _is_subsequence(letters[:size], word) and _fits_from(letters[size:], rest)
        for size in range(1, min(3, len(letters)) + 1)
    )


def _is_subsequence(letters: str, word: str) -> bool:
    rest = iter(word[1:])
    return letters[0] == word[0] and all(letter in rest for letter in letters[1:])


def _name_rows(
    names: dict[str, set[str]],
    aliases: Iterable[tuple[str, str]],
    known: Known,
    english: frozenset[str],
) -> Iterator[Row]:
    """Yield other names of languages and products: aliases, joined forms, forms with the maker."""
    pairs = list(aliases)
    display = _display_names(names, pairs, known)
    lists = Counter(squashed for part in names.values() for squashed in set(map(squash, part)))
    single = {phrase(name) for part in names.values() for name in part}

    for alias, name in pairs:
        form, squashed = phrase(alias), squash(name)
        related = len(squashed) > 2 and squash(alias).startswith(squashed)
        term = display.get(squashed, "")
        if (
            lists[squashed] > 1
            and related
            and form not in single
            and _is_good_term(term, known, english)
            and _is_good_form(form, known, english)
        ):
            kind = "spelling" if squash(form) == squash(term) else "alias"
            yield Row(form, term, kind)
    for joined in sorted(set(map(squash, names["devicon"]))):
        if (
            " " in display[joined]
            and not joined.startswith(_MAKERS)
            and _is_good_form(joined, known, english)
        ):
            yield Row(joined, display[joined], "spelling")
    yield from _maker_rows(single, known, english)


def _maker_rows(single: set[str], known: Known, english: frozenset[str]) -> Iterator[Row]:
    """Yield "apache kafka" for kafka, and "ms visio" for what a list calls "microsoft visio"."""
    for full in sorted(single):
        maker, _, bare = full.partition(" ")
        term = bare if bare in single and _is_good_term(bare, known, english) else full
        if maker in _MAKERS and term == bare:
            yield Row(full, bare, "alias")
        if maker == "microsoft" and _MS_NAME.fullmatch(bare) and not _is_english(bare, english):
            yield Row(f"ms {bare}", term, "alias")


# Of the older products only those that CVs shorten.
_MS_NAME = re.compile(r"([a-z0-9.#+]+|(azure|dynamics|office|sql|visual|windows) [a-z0-9.#+]+)")


def _display_names(
    names: dict[str, set[str]], aliases: list[tuple[str, str]], known: Known
) -> dict[str, str]:
    """Return for each name without spaces and marks how it is written, by the most careful list."""
    display: dict[str, str] = {}
    for part in ("devicon", "simple-icons", "onet", "linguist"):
        for name in sorted(names[part]):
            if phrase(name):
                display[squash(name)] = phrase(name)
    for alias, name in aliases:
        if display.get(squash(alias)) == squash(name):
            display[squash(name)] = phrase(alias)
    for row in known.rows:
        display[squash(row.term)] = row.term
    return display


def _is_good_form(form: str, known: Known, english: frozenset[str]) -> bool:
    """Tell whether `form` can hardly mean anything else."""
    return (
        len(squash(form)) > 2
        and form.isascii()
        and form not in known.ambiguous
        and not _is_english(form, english)
    )


def _is_good_term(term: str, known: Known, english: frozenset[str]) -> bool:
    return term in known.safe or (len(term) > 1 and not _is_english(term, english))


def _is_english(text: str, english: frozenset[str]) -> bool:
    return all(word in english for word in re.split(r"[ -]", text))


def _consistent(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows without contradictions: the first row of an alias counts, and no chain stays.

    Where a term is itself an alias, the row leads on to that alias's term.
    """
    chosen: dict[str, Row] = {}
    terms: dict[str, str] = {}
    for row in rows:
        if len(row.alias) < 2 or fold(row.alias) == fold(row.term):
            continue
        # a term that stands in an earlier row is settled, so it cannot become an alias
        if fold(row.alias) not in terms and chosen.setdefault(key(row.alias), row) is row:
            terms.setdefault(fold(row.term), row.term)
    for row in chosen.values():
        term = _end_of_chain(terms[fold(row.term)], chosen)
        if fold(term) != fold(row.alias):
            yield Row(row.alias, term, row.kind)


def _end_of_chain(term: str, chosen: dict[str, Row]) -> str:
    seen = set()
    while key(term) in chosen and term not in seen:
        seen.add(term)
        term = chosen[key(term)].term
    return term


def write(rows: Iterable[Row], path: Path) -> None:
    """Write the table, tab-separated, with its comment lines."""
    lines = ["alias\tterm\tkind", *(f"{row.alias}\t{row.term}\t{row.kind}" for row in rows)]
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def main(arguments: list[str] | None = None) -> None:
    """Build the table from the command line's folders."""
    parser = argparse.ArgumentParser(description="Build the table of skill aliases.")
    parser.add_argument("--lexicons", type=Path, required=True, help="folder of the word lists")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the table to")
    options = parser.parse_args(arguments)
    write(build(options.lexicons), options.out / FILE_NAME)


if __name__ == "__main__":
    main()
