"""Which licences the packages of constraints-dev.txt have: writes docs/licences.md."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "licences.md"
RUNS, ALL = ROOT / "constraints.txt", ROOT / "constraints-dev.txt"
_PIN = re.compile(r"^([\w.-]+)==([\w.]+)(?: ; (.*?))? \\$", re.MULTILINE)
_CLASSIFIER = "License :: "
_LONGEST_NAME = 60  # characters; what is longer is a licence's text, not its name
# Of packages that only other systems install, as their metadata has it.
_ELSEWHERE = {"colorama": "BSD License", "pywin32": "PSF"}
_HEAD = """\
# Licences

What `make` installs, by the packages' own metadata. `make licences` writes this page; a test
holds it in step with `constraints.txt` (what runs) and `constraints-dev.txt` (that, extras and
tools of development). The project itself is under the MIT licence and holds no code of these
packages. What tailor itself asks for has its reason in
[architecture.md](architecture.md#dependencies); all else is there for the packages named.
The fonts in `data/fonts/` (Carlito, Liberation Sans, Liberation Serif) are as their makers released
them, under the SIL Open Font License 1.1, which lies beside them.

| package | version | licence | needed | by |
|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Pin:
    """One locked package; `marker` says on which systems it is installed."""

    name: str
    version: str
    marker: str


def pins(path: Path) -> Iterator[Pin]:
    """Yield the packages that a file of constraints locks."""
    for name, version, marker in _PIN.findall(path.read_text(encoding="utf-8")):
        yield Pin(name, version, marker)


def licence(name: str) -> str:
    """Return the licence that an installed package's metadata names; "" where it is not here."""
    try:
        told = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return _ELSEWHERE.get(name, "")
    # Not by `[]`: a backport that some package may have imported raises where there is none.
    if expression := next(iter(told.get_all("License-Expression") or ()), ""):
        return expression
    classifiers = [
        value.removeprefix(_CLASSIFIER).removeprefix("OSI Approved :: ")
        for value in told.get_all("Classifier") or ()
        if value.startswith(_CLASSIFIER) and value != "License :: OSI Approved"
    ]
    free_text = " ".join("".join((told.get_all("License") or ())[:1]).split())
    return ", ".join(classifiers) or (free_text if len(free_text) <= _LONGEST_NAME else "")


def askers() -> dict[str, list[str]]:
    """Return which locked packages ask for each, by their metadata; tailor itself first."""
    asked: dict[str, list[str]] = {}
    names = [pin.name for pin in pins(ALL)]
    waiting = [("cv-tailor", ""), *((name, "") for name in names)]
    for name, extra in waiting:  # which grows
        try:
            needs = [Requirement(need) for need in importlib.metadata.requires(name) or []]
        except importlib.metadata.PackageNotFoundError:
            continue  # of other systems
        for need in needs:
            canonical = str(need.marker or "").replace("_", "-")
            of_extra = "extra" in canonical
            # Extras of tailor are what `make` installs, those of others what somebody asks for.
            if of_extra and name != "cv-tailor" and f'"{extra}"' not in canonical:
                continue
            who = asked.setdefault(canonicalize_name(need.name), [])
            told = "tailor" if name == "cv-tailor" else name
            if told not in who:
                who.append(told)
            parts = sorted(map(canonicalize_name, need.extras))
            more = [(canonicalize_name(need.name), part) for part in parts]
            waiting += [one for one in more if one not in waiting]
    return asked


def table(licences: Mapping[str, str]) -> str:
    """Return the page's table; `licences` is what each package is under."""
    runs = {pin.name for pin in pins(RUNS)}
    asked = askers()
    rows = []
    for pin in pins(ALL):
        needed = "to run" if pin.name in runs else "extras, development"
        where = f" ({pin.marker})" if pin.marker else ""
        by = ", ".join(asked.get(pin.name, ()))
        said = licences[pin.name] or "not told"
        rows.append(f"| {pin.name} | {pin.version} | {said} | {needed}{where} | {by} |")
    return "\n".join(rows) + "\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(_HEAD + table({pin.name: licence(pin.name) for pin in pins(ALL)}), "utf-8")
    print(PAGE)


if __name__ == "__main__":
    main()
