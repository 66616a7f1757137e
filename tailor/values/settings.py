"""What is wanted: for one application, and of the engine that makes many."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

MOST_PAGES = 9


@dataclass(frozen=True, slots=True)
class Settings:
    """Wishes for one application; None, "" or nothing where the person leaves it open.

    `pins` and `drops` name lines by id or by their beginning. `headline` is one of the CV's own.
    `fill` fills the pages with what is next best, `dense` sets more on a page, `keep_order` leaves
    skills as the CV has them.
    """

    pins: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    pages: int | None = None
    look: str = ""
    headline: str = ""
    fill: bool = False
    dense: bool = False
    keep_order: bool = False

    def over(self, other: Settings) -> Settings:
        """Return these settings, with those of `other` where they say nothing.

        Pins and drops are not among them: whose count more is told by `find_wishes`.
        """
        return replace(
            self,
            pages=self.pages or other.pages,
            look=self.look or other.look,
            headline=self.headline or other.headline,
            fill=self.fill or other.fill,
            dense=self.dense or other.dense,
            keep_order=self.keep_order or other.keep_order,
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
