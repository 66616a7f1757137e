"""What is wanted: for one application, and of the engine that makes many."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum

MOST_PAGES = 9


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person wants of an application; None, "" or nothing where they leave it open.

    `pins` and `drops` name lines by id or by their first words. `headline` is one of the CV's own.
    `fill` fills the pages with the next best lines, `dense` fits more on a page, `keep_order`
    leaves skills in the CV's order. `template` is the path of a Word file whose styles are used in
    place of a look; `keep_headings` prints the CV's own headings, `plain_hyphens` writes periods
    with "-".
    """

    pins: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    pages: int | None = None
    look: str = ""
    headline: str = ""
    fill: bool = False
    dense: bool = False
    keep_order: bool = False
    template: str = ""
    keep_headings: bool = False
    plain_hyphens: bool = False

    def over(self, other: Settings) -> Settings:
        """Return these settings, with those of `other` where they say nothing.

        Pins and drops stay as they are: `find_wishes` decides between those.
        """
        names = {field.name for field in fields(self)} - {"pins", "drops"}
        return replace(
            self, **{name: getattr(self, name) or getattr(other, name) for name in names}
        )


NO_SETTINGS = Settings()


class EngineName(StrEnum):
    """Who makes the applications of a batch."""

    LOKY = "loky"
    SERIAL = "serial"
    DASK = "dask"


@dataclass(frozen=True, slots=True)
class Engine:
    """Which engine with how many workers (0: as many as there are cores).

    `scheduler` is the address of a Dask cluster that runs already; of that, 0 are all workers.
    """

    name: EngineName = EngineName.LOKY
    jobs: int = 0
    scheduler: str = ""

    @property
    def has_own_processes(self) -> bool:
        """Whether a worker may end without ending anybody else's work."""
        return self.name is EngineName.LOKY
