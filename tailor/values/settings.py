"""What is wanted for one application, where the person says something of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

MOST_PAGES = 9


@dataclass(frozen=True, slots=True)
class Settings:
    """Wishes for one application; None, "" or nothing where the person leaves it open.

    `pins` and `drops` name lines by id or by their beginning. `headline` is one of the CV's own.
    """

    pins: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    pages: int | None = None
    look: str = ""
    headline: str = ""

    def over(self, other: Settings) -> Settings:
        """Return these settings, with those of `other` where they say nothing.

        Pins and drops are not among them: whose count more is told by `find_wishes`.
        """
        return replace(
            self,
            pages=self.pages or other.pages,
            look=self.look or other.look,
            headline=self.headline or other.headline,
        )


NO_SETTINGS = Settings()
