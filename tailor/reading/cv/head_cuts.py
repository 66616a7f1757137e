"""The ways to read a head as title, employer and place, and the one pattern a section follows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tailor.reading.cv.aside import lists_exams
from tailor.reading.cv.head_atoms import STRENGTH, Atom, HeadDraft
from tailor.reading.cv.names import (
    among,
    best_kind,
    ends_as_firm,
    ends_as_organisation,
    has_word,
    is_company_suffix,
    is_known_place,
    is_region,
    is_town,
    score,
    words_of,
)
from tailor.values.cv import SectionKind

_LONGER_PLACE = 0.8  # what a place of more parts than usual costs
_OVER_TOWN = 1.5  # what it costs to go on over the space before a town that has its region
MOST_ATOMS = 14
_BEAM = 48
# What it costs to read a place before a title or an employer in one run of words.
_ODD = {"comma": 4.0, "space": 1.5, "town": 1.5}
_BEHIND_COLON = 3.0
_SMALL = 2.0  # what it costs to read as a name what begins with a small letter
_TOWN_WORDS, _LONGEST_CODE = 2, 3
_LETTERS = 5  # of a school that is called by its letters
_LACKS = 2.0  # what it costs to read a head with a part more or less than the others
_FOLLOWS = 0.4
_BRACKET = 0.3  # what it costs a place to have something in brackets behind it
_WITH_EMPLOYER = 3.0  # what it costs a title to go on over the name of an employer
_NUMBER = re.compile(r"[A-Za-z]{0,3}[.:#°º ]{0,3}[A-Z]{0,3}[\d/ -]{4,}")  # "no. 7712345"
_FLOOR = -5.0  # no piece counts for less, however odd its words


def repeated_employers(drafts: Sequence[HeadDraft], chosen: Sequence[Cut]) -> frozenset[str]:
    """Return the employers that are named, by the same words, in the head of another entry."""
    names = [
        {draft.text(draft.atoms[a], draft.atoms[b]) for role, a, b in cut.pieces if role == "E"}
        for draft, cut in zip(drafts, chosen, strict=True)
    ]
    atoms = [{draft.text(atom, atom) for atom in draft.atoms} for draft in drafts]
    return frozenset(
        name
        for i, own in enumerate(names)
        for name in own
        if any(name in atoms[j] for j in range(len(drafts)) if j != i)
    )


def usual_parts(chosen: Sequence[Cut]) -> int:
    """Return of how many parts the places of most heads are, 0 where no number is usual."""
    counts = Counter(b - a + 1 for cut in chosen for role, a, b in cut.pieces if role == "P")
    parts, count = counts.most_common(1)[0] if counts else (0, 0)
    return parts if count > 1 and count > counts.total() / 2 else 0


class Fits:
    """How well a text fits a role in sections of one kind; the logarithm of a likelihood."""

    def __init__(self, kind: SectionKind) -> None:
        self.kinds = {
            "T": (("title", 0.0), ("degree", -3.0)),
            "E": (("employer", 0.0), ("school", -0.2)),
            "P": (("place", 0.0),),
            "O": (("other", -2.0), ("skill", -2.6), ("sentence", -2.6), ("heading", -2.6)),
        }  # fmt: skip
        self.education = kind is SectionKind.EDUCATION
        # What a title costs to go on over a separator, beside what that costs any piece:
        # "Licenciatura em Química" and "Bachelor of Arts : English" are one degree each.
        self.joins = {"comma": 0.7}
        if self.education:
            self.kinds["T"] = (("degree", 0.0), ("title", -1.5), ("skill", -2.0))
            self.kinds["E"] = (("school", 0.0), ("employer", -0.7))
            self.joins |= {"at": -STRENGTH["at"], "colon": -2.2}
        self.employers: frozenset[str] = frozenset()
        self.place_parts = 0  # of how many parts places are here, 0 if unknown
        # A degree without its school is more usual than a school alone.
        self.missing = {"T": -3.5, "E": -3.2, "P": -0.6}
        if self.education:
            self.missing |= {"T": -5.0, "E": -2.2}

    def begins(self, role: str, separator: str) -> float:
        """Return what it costs that a piece of this role begins behind this separator."""
        if separator in {"space", "town"}:
            return 1.0 if role == "P" or (role == "E" and self.education) else 4.0
        if separator == "colon" and role == "E" and self.education:
            return 1.5  # "Fire course: smoke and ladders"
        if separator == "paren" and role == "E" and self.education:
            return 3.0  # "MA Primary Education (Aire University)"
        return {"paren": 4.0, "close": 1.0}.get(separator, 0.0) if role in "TE" else 0.0

    def _told(self, text: str, role: str) -> bool | None:
        """Return whether a text is of a role by a word that tells it surely, None where none does.

        A firm's name ends in its legal form; no school is called by a trade or a course.
        """
        named = ends_as_organisation(text.partition(",")[0])
        if role == "P" and named and not (is_town(text) or is_known_place(text)):
            return False  # "Mission Hospital, Kitale"
        if not self.education and _begins_as_employer(text):
            return role == "E" if "," not in text else (False if role == "T" else None)
        if not self.education:
            return role == "E" if "," not in text and ends_as_firm(text) else None
        return False if role == "E" and _names_no_school(text) else None

    def _likeness(self, text: str, role: str) -> float:
        """Return how much a text looks like those of a role, by the learnt model alone."""
        best = max(score(text, kind) + weight for kind, weight in self.kinds[role])
        town = text.partition(" (")[0]
        in_brackets = role == "P" and town != text
        if role == "E" and self.education and _is_school_of_town(text):
            return max(best, -0.5)
        return max(best, score(town, "place") - _BRACKET) if in_brackets else best

    def fit(self, text: str, role: str) -> float:
        """Return how well a text fits a role: "T", "E", "P", or "O" for none."""
        best = self._likeness(text, role)
        if role != "O" and not self.education:
            best -= among(text, _IN_HEADS)  # no head is of a person's name or a heading
            best -= _SMALL * (role == "E" and _ends_as_job(text))
        if role == "O":  # "Upper Second Class", "2 of 120": sure to be no field
            best = max(best, 4.0 * score(text, "other"))
        floor = _FLOOR if role != "O" else _FLOOR + 0.5
        told = self._told(text, role)
        if told is not None:
            known = 2.0 * (text in self.employers)
            return max(best, -0.2) + known if told else min(best, floor) - 1.0
        town = text.partition(" (")[0]  # "Grimsby (North Quay)"
        if role == "P" and (is_known_place(text) or _names_places(text)):
            best = max(best, -0.1)
        elif _names_code(text) or (
            town != text and (is_town(town) or is_known_place(town) or _in_region(text))
        ):
            return max(best, -0.3) if role == "P" else min(best, floor) - 1.0
        if text in self.employers:
            best += 2.0 if role == "E" else -1.0
        if role in "TE" and (is_region(text) or is_known_place(text) or _NUMBER.fullmatch(text)):
            return min(best, floor) - 4.0
        subject = has_word(text, "degree") or has_word(text, "subject")
        if role == "P" and subject and not is_known_place(text):
            return floor - 4.0
        if role == "T" and is_town(text):
            return min(best, floor) - 2.0
        return max(best, floor)


def _is_school_of_town(text: str) -> bool:
    """Return whether letters stand before a town: "AGH Kraków", "ZHAW Winterthur"."""
    letters, _, town = text.partition(" ")
    short = letters.isupper() and letters.isalpha() and 1 < len(letters) <= _LETTERS
    return short and not has_word(letters, "degree") and (is_town(town) or is_known_place(town))


def _begins_as_employer(text: str) -> bool:
    """Return whether a text begins as employers' names do, and names no job."""
    first = text.split(maxsplit=1)[0].casefold() if text.split() else ""
    return first in words_of("employer_first") and not has_word(text, "job")


def _names_no_school(text: str) -> bool:
    """Return whether a text names a trade or a course: of "Federal diploma, Baker" none is one."""
    last = " ".join(text.split()[-1:])
    trade = has_word(text, "job") or has_word(last, "qualification")
    return lists_exams(text) or (trade and not has_word(text, "organisation"))


def _names_code(text: str) -> bool:
    """Return whether a region's code stands behind a town without a comma: "Thunder Bay ON"."""
    *town, code = text.split() or [""]
    if town and code in words_of("of_place") and all(word[:1].isupper() for word in town):
        return True  # "Wairoa district"
    named = 0 < len(town) <= _TOWN_WORDS and 1 < len(code) <= _LONGEST_CODE and code.isupper()
    tells = has_word(text, "job") or has_word(text, "organisation") or text.isupper()
    return named and is_region(code) and not tells and all(word.istitle() for word in town)


def _in_region(text: str) -> bool:
    """Return whether a region stands in brackets behind one or two words: "Ascona (Ticino)"."""
    town, _, region = text.rstrip(")").partition(" (")
    named = len(region) > _LONGEST_CODE and is_region(region)
    return named and len(town.split()) <= _TOWN_WORDS


_IN_HEADS = ("title", "employer", "place", "degree", "school", "sentence", "other", "mixed")
_TELLING = frozenset({"line", "tab", "bar", "dash", "semicolon", "comma"})


def _names_places(text: str) -> bool:
    """Return whether all that commas part are places: "York, Leeds, & Hull"."""
    parts = [re.sub(r"^(?:&|and|und|et|y)\s+", "", part.strip()) for part in text.split(",")]
    if len(parts) == 2 and is_region(parts[1]) and best_kind(parts[0])[0] == "place":
        return True  # a small town with its region: "Nenagh, Co. Tipperary"
    return len(parts) > 1 and all(is_town(part) or is_region(part) for part in parts)


_ROLES = {"title": "T", "employer": "E", "place": "P"}


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to read a head: pieces of (role, first atom, last atom), and how likely it is."""

    score: float
    pieces: tuple[tuple[str, int, int], ...]
    pattern: tuple[str, ...] = ()


def cuts_of(draft: HeadDraft, model: Fits) -> list[Cut]:
    """Return the likeliest ways to read one head, best first."""
    atoms = draft.atoms[:MOST_ATOMS]
    states: list[list[Cut]] = [[] for _ in range(len(atoms) + 1)]
    states[0] = [Cut(0.0, ())]
    for start in range(len(atoms)):
        states[start] = sorted(states[start], key=lambda cut: -cut.score)[:_BEAM]
        for end in range(start + 1, len(atoms) + 1):
            if end - start > 1 and atoms[end - 1].separator in {"line", "tab", "label", "date"}:
                break
            fits = _piece_fits(draft, atoms[start:end], model)
            for cut in states[start]:
                used = {piece[0] for piece in cut.pieces}
                for role, fit in fits:
                    if role == "O" or role not in used:
                        odd = _oddness(cut, role, atoms[start])
                        piece = (role, start, end - 1)
                        states[end].append(Cut(cut.score + fit - odd, (*cut.pieces, piece)))
    finished = []
    for cut in states[-1]:
        roles = {piece[0] for piece in cut.pieces}
        total = cut.score + sum(cost for role, cost in model.missing.items() if role not in roles)
        total -= 2.0 * ("P" in roles and "E" not in roles)
        finished.append(Cut(total, cut.pieces, _pattern(cut, atoms)))
    return sorted(finished, key=lambda cut: -cut.score)[:_BEAM]


def _oddness(cut: Cut, role: str, atom: Atom) -> float:
    """Return what an unusual order costs: the place before what it is the place of."""
    before = cut.pieces[-1][0] if cut.pieces else ""
    if before == "T" and role == "P" and atom.separator == "colon":
        return _BEHIND_COLON  # "Chief Assessor: Eastern Cape" is a title
    if before != "P" or role not in "TE":
        return 0.0
    # "Acme, Leeds, Baker": the place is the employer's
    follows = role == "T" and len(cut.pieces) > 1 and cut.pieces[-2][0] == "E"
    return _ODD.get(atom.separator, 0.0) * (_FOLLOWS if follows else 1.0)


def _piece_fits(draft: HeadDraft, atoms: Sequence[Atom], model: Fits) -> list[tuple[str, float]]:
    """Return how well the joined atoms fit each role."""
    text = draft.text(atoms[0], atoms[-1])
    joined = _price_of_joins(draft, atoms)
    told = {atom.role for atom in atoms if atom.role}
    begins_small = _begins_small(text) and not draft.is_small
    fits = []
    for role in "TEPO":
        fit = model.fit(text, role)
        if role in "EP" and begins_small and not is_known_place(text):
            fit -= _SMALL
        if told:
            fit = max(fit, -1.0) + 3.0 if {_ROLES[r] for r in told} == {role} else fit - 4.0
        if role == "P" and atoms[0].separator == "comma" and is_region(text):
            fit -= 1.5  # "UK" goes with the town before it
        if role == "P" and model.place_parts and len(atoms) > model.place_parts:
            fit -= _LONGER_PLACE
        if role == "E" and model.education and _begins_as_subject(draft, atoms):
            fit -= _WITH_EMPLOYER
        if role == "O":
            fit -= 0.6 + 2.4 * (len(atoms) > 1)
        if role == "T":
            fit -= sum(model.joins.get(atom.separator, 0.0) for atom in atoms[1:])
            fit -= sum(_is_told_in_brackets(draft, atom) for atom in atoms[:-1])
            fit -= _WITH_EMPLOYER * (not model.education and _names_employer(draft, atoms))
        fits.append((role, fit + joined - model.begins(role, atoms[0].separator)))
    return fits


def _begins_as_subject(draft: HeadDraft, atoms: Sequence[Atom]) -> bool:
    """Return whether a subject stands before what may be a school: "Computer Science, AGH"."""
    first = draft.text(atoms[0], atoms[0])
    subject = len(atoms) > 1 and has_word(" ".join(first.split()[-1:]), "subject")
    return subject and not has_word(first, "organisation")


def _names_employer(draft: HeadDraft, atoms: Sequence[Atom]) -> bool:
    """Return whether behind a title stands an employer: "Teacher, Hill Road School"."""
    texts = [draft.text(atom, atom) for atom in atoms]
    return has_word(texts[0], "job") and any(map(ends_as_organisation, texts[1:]))


def _is_told_in_brackets(draft: HeadDraft, atom: Atom) -> bool:
    """Return whether an atom ends in what a title ends in: "Teacher of Physics (0.8)"."""
    return draft.texts[atom.line].plain[atom.start : atom.end].rstrip().endswith(")")


def _ends_as_job(text: str) -> bool:
    """Return whether a text ends in a job's word with a small letter: "Apprentice electrician"."""
    last = text.rsplit(maxsplit=1)[-1] if text.strip() else ""
    return last.islower() and has_word(last, "job")


def _begins_small(text: str) -> bool:
    """Return whether a text begins as no name does: "fee-paying school", but "eBay", "von Roll"."""
    word = text.split(maxsplit=1)[0] if text.split() else ""
    return word.isalpha() and word.islower() and word not in words_of("within_name")


def _price_of_joins(draft: HeadDraft, atoms: Sequence[Atom]) -> float:
    """Return what it costs to read atoms as one piece, over the separators between them."""
    joined = -sum(STRENGTH[atom.separator] for atom in atoms[1:])
    joined -= _OVER_TOWN * sum(atom.separator == "town" for atom in atoms[1:])
    if any(is_company_suffix(draft.text(atom, atom)) for atom in atoms[1:]):
        joined *= 0.2
    elif any(is_company_suffix(draft.text(a, a).split()[-1]) for a in atoms[:-1]):
        joined -= 1.5  # "Rye Ltd, York": the name ends there
    else:
        joined -= _price_of_names(draft, atoms)
    if len({atom.style for atom in atoms}) > 1:
        joined -= 1.5
    if len(atoms) > 1 and not draft.is_whole(atoms[0], atoms[-1]):
        joined -= 4.0
    return joined


def _price_of_names(draft: HeadDraft, atoms: Sequence[Atom]) -> float:
    """Return what it costs to go on behind the name of an organisation, or over a dash before it.

    "Mission Hospital, Kitale" and "Theatre Production (Technical) - Red Prairie Polytechnic".
    """
    named = [ends_as_organisation(draft.text(atom, atom)) for atom in atoms]
    behind = named[0] and not any(named[1:]) and atoms[1:2] and atoms[1].separator == "comma"
    dashes = (
        atom.separator in {"dash", "close"} and name
        for atom, name in zip(atoms, named, strict=True)
    )
    return 1.5 * bool(behind) + 2.0 * (any(list(dashes)[1:]) and not named[0])


def _pattern(cut: Cut, atoms: Sequence[Atom]) -> tuple[str, ...]:
    """Return the order of title and employer with what parts them and how they are printed.

    A place counts only where it stands right before the employer: behind it not all have one.
    """
    found = []
    following = [role for role, _, _ in cut.pieces[1:]] + [""]
    for (role, first, _), after in zip(cut.pieces, following, strict=False):
        if role == "P" and after == "E":
            found.append("P")
        if role in "TE":
            atom = atoms[first]
            separator = "line" if atom.separator == "label" else atom.separator
            found.append(f"{role}{separator if separator in _TELLING else '*'}{atom.style}")
    return tuple(found)


def one_pattern(choices: Sequence[Sequence[Cut]]) -> tuple[list[Cut], tuple[str, ...]]:
    """Choose the pattern that explains all heads best; return the cut of each head, and its order.

    A pattern is worth the sum of the best cuts that follow it; a head that has none of it is
    read by its own best cut, at a price. Of equal patterns the shorter is taken.
    """
    by_entry: list[dict[tuple[str, ...], Cut]] = []
    for cuts in choices:
        best: dict[tuple[str, ...], Cut] = {}
        for cut in cuts:
            best.setdefault(cut.pattern, cut)
            best.setdefault(_order(cut.pattern), cut)
        by_entry.append(best)
    patterns = {cut.pattern for cuts in choices for cut in cuts}
    worth: dict[tuple[str, ...], float] = {}
    for key in patterns | {_order(pattern) for pattern in patterns}:
        worth[key] = 0.5 * (key in patterns)
        for cuts, best in zip(choices, by_entry, strict=True):
            if key in best:
                worth[key] += best[key].score
            else:
                near = best.get(_order(key)) if key in patterns else None
                worth[key] += max(near.score - 1.0 if near else -99.0, cuts[0].score - 2.5)
    chosen = max(worth, key=lambda key: (worth[key], -len(key), key), default=())
    order = _order(chosen)
    return [
        _fitting(cuts, best, chosen, len(choices))
        for cuts, best in zip(choices, by_entry, strict=True)
    ], order


def _fitting(
    cuts: Sequence[Cut], best: Mapping[tuple[str, ...], Cut], chosen: tuple[str, ...], heads: int
) -> Cut:
    """Return the best cut of one head that follows the chosen pattern, or its order at least.

    The more heads a section has, the better a cut that does not follow it has to be.
    """
    own = cuts[0]
    fitting = best.get(chosen) or best.get(_order(chosen)) or own
    # A head that says less or more than the others, in their order, is not pressed to say the same.
    mine, usual = _order(own.pattern), _order(chosen)
    price = _LACKS if mine != usual and _agree(mine, usual) else min(8.0, 4.0 * max(1, heads - 1))
    return fitting if fitting.score >= own.score - price else own


def _agree(mine: Sequence[str], usual: Sequence[str]) -> bool:
    """Return whether two orders are the same, or one is the other with something left out."""
    return _is_part(mine, usual) or _is_part(usual, mine)


def _is_part(order: Sequence[str], whole: Sequence[str]) -> bool:
    """Return whether an order is the whole order with something left out."""
    rest = iter(whole)
    return all(role in rest for role in order)


def signs_of(
    draft: HeadDraft, cut: Cut, cuts: Sequence[Cut], order: tuple[str, ...], model: Fits, heads: int
) -> tuple[float, float, float, float]:
    """Return how sure a cut is: its lead over the next, the fits of its parts, the pattern."""

    def parts(one: Cut) -> list[tuple[str, int, int]]:
        return [piece for piece in one.pieces if piece[0] in "TE"]

    def price(one: Cut) -> float:
        return 1.2 * min(heads - 1, 3) * (not _agree(_order(one.pattern), order))

    rivals = [one.score - price(one) for one in cuts if parts(one) != parts(cut)]
    lead = cut.score - price(cut) - max(rivals, default=cut.score - 8.0)
    fits = {"T": -5.0, "E": -5.0}
    for role, first, last in parts(cut):
        fits[role] = model.fit(draft.text(draft.atoms[first], draft.atoms[last]), role)
    agrees = _agree(_order(cut.pattern), order)
    return max(-8.0, min(8.0, lead)), fits["T"], fits["E"], float(agrees)


def _order(pattern: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part[0] for part in pattern)
