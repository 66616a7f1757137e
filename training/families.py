"""Find which words of work are of one family, for `data/word_families.txt`.

    python -m training.families --wordnet /usr/share/wordnet \
        --postings ../shared/postings/postings.jsonl.gz --resumes ../shared/resumes/resumes.jsonl.gz

WordNet says which words are made of one another: analysis and analyse, surveyor and survey. Kept
are the words that stand in two documents or more and whose forms differ, each with the form of the
verb, or else of the noun; and of all trades the jobs that a verb names: the taster, the buyer.
The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tailor.matching.words import plain_word
from tailor.values.resources import DATA
from training.records import read_records

FILE_NAME = "word_families.txt"
HEADER = """\
# Words of one family, by the form that all inflections share: surveyor and surveying are of survey.
# First the family, then what belongs to it. Built by `python -m training.families`.
# From WordNet 3.0, (c) 2006 Princeton University, used under its licence, and changed in form.
"""
_FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
_DERIVED = ("+", "\\")
_FEWEST = 2
_SHARED = 4  # letters at the beginning that words of one family share at least
_LEFT_OUT = 2  # letters of the shorter word that need not be shared
# Made of one another long ago, and other things now.
_APART = frozenset(
    "excellent excellence server servant postal poster graphic graphics respond content continent"
    " custom might urge ratio grade pack time timely competence competent competency communal"
    " difference cleanly porter user".split()
)
_PERSON = "18"  # the file of WordNet with people
_SHORTEST = 3  # letters of a verb
# Jobs of trades that the documents at hand hardly have, and that mean nothing else in most CVs.
_JOBS = frozenset(
    "blaster breeder brewer buyer carver caster cobbler conductor dancer drafter drummer dyer"
    " embroiderer etcher fencer fitter gilder knitter logger mapper mender outfitter plaiter"
    " plater preacher prosecutor pruner purveyor rigger riveter roaster roofer rower sailor"
    " sculptor shearer shingler singer skater sower spinner splicer sprayer stitcher subeditor"
    " sweeper swimmer taster thatcher thrower tiler trapper trimmer tuner typesetter upholsterer"
    " voicer weaver weigher winder wirer wrestler".split()
)
_WHO = re.compile(r"(?:er|or|ist|ian)s?$")
_ENDINGS = re.compile(
    r"(?:or|er|ist|ian|ion|ment|ance|ence|al|ic|ical|ing|sis|ity|y|ant|ent|ive)s?$"
)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.families", description=__doc__)
    parser.add_argument("--wordnet", type=Path, required=True, help="folder with `data.noun`")
    parser.add_argument("--postings", type=Path, required=True, help="JSON lines with a `text`")
    parser.add_argument("--resumes", type=Path, required=True, help="JSON lines with `bullets`")
    parser.add_argument("--out", type=Path, default=DATA, help="folder to write to")
    options = parser.parse_args()
    used: Counter[str] = Counter()
    for record in read_records(options.postings):
        used.update(set(re.findall(r"[a-z]+", record["text"].lower())))
    for record in read_records(options.resumes):
        used.update(set(re.findall(r"[a-z]+", " ".join(record["bullets"]).lower())))
    kept = {word for word, count in used.items() if count >= _FEWEST}
    best: dict[str, tuple[tuple[bool, int], str]] = {}
    people = people_first(options.wordnet)
    for word, kind, root, root_kind in derived(options.wordnet):
        form, family = plain_word(word), plain_word(root)
        is_used = {word, root} <= kept and _is_root(root, root_kind, word, kind)
        if form != family and (is_used or (word in people and _does(word, root, root_kind))):
            # A verb before a noun, and of several the one that is used most.
            rank = (root_kind != "v", -used[root])
            best[form] = min(best.get(form, ((True, 1), "")), (rank, family))
    members: dict[str, list[str]] = {}
    for form in sorted(best):
        family, seen = best[form][1], {form}
        while family in best and family not in seen:
            seen.add(family)
            family = best[family][1]
        if family not in seen or family > form:  # of two that are each of the other, one way
            members.setdefault(family, []).append(form)
    rows = [f"{family} {' '.join(own)}" for family, own in sorted(members.items())]
    (options.out / FILE_NAME).write_text(HEADER + "\n".join(rows) + "\n", "utf-8")


def people_first(folder: Path) -> frozenset[str]:
    """Return the words that name a person before anything else: a taster, and no counter."""
    files = {}
    for line in (folder / "data.noun").read_text("latin-1").splitlines():
        number, _, rest = line.partition(" ")
        files[number] = rest[:2]
    found = set()
    for line in (folder / "index.noun").read_text("latin-1").splitlines():
        parts = line.split()
        if line[:1] != " " and files.get(parts[-int(parts[2])]) == _PERSON:
            found.add(parts[0])
    return frozenset(found)


def _does(person: str, verb: str, kind: str) -> bool:
    """Return whether a job is named by a verb: the buyer buys."""
    stem = re.sub(r"(?:er|or)$", "", person)
    return (
        kind == "v"
        and len(verb) >= _SHORTEST
        and not _APART & {person, verb}
        and person != stem
        and person in _JOBS
        and verb in {stem, f"{stem}e", stem[:-1]}
    )


def derived(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield pairs of words of which one is made of the other, each with its kind."""
    words: dict[tuple[str, str], list[str]] = {}
    links = []
    for kind, name in _FILES.items():
        for line in (folder / f"data.{name}").read_text("latin-1").splitlines():
            if line.startswith("  "):
                continue
            parts = line.partition("|")[0].split()
            count = int(parts[3], 16)
            words[kind, parts[0]] = [
                w.partition("(")[0].lower() for w in parts[4 : 4 + 2 * count : 2]
            ]
            pointers = parts[5 + 2 * count :]
            for place in range(0, 4 * int(parts[4 + 2 * count]), 4):
                sign, other, of, which = pointers[place : place + 4]
                if sign in _DERIVED and which != "0000":
                    one, two = bytes.fromhex(which)
                    links.append(
                        (kind, parts[0], one - 1, "a" if of == "s" else of, other, two - 1)
                    )
    for kind, number, one, of, other, two in links:
        if (of, other) in words:
            yield words[kind, number][one], kind, words[of, other][two], of


def _is_root(root: str, root_kind: str, word: str, kind: str) -> bool:
    """Return whether a word is made of `root`: they begin alike, and its end says so."""
    if _APART & {word, root} or root_kind not in {"v", "n"} or kind == "v":
        return False
    if kind == root_kind and not _WHO.search(word):
        return False
    least = max(_SHARED, min(len(root), len(word)) - _LEFT_OUT)
    return root[:least] == word[:least] and bool(_ENDINGS.search(word))


if __name__ == "__main__":
    main()
