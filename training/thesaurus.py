"""The thesaurus as it is written by hand -> topics with their terms.

The written form (`data/thesaurus_*.txt`): a topic at the beginning of a line, after ``<`` its
broader topics; its terms on the indented lines below, with commas between. A topic may stand in
several places: what is said of it adds up. Its name is one of its terms.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tailor.values.resources import data_text


@dataclass(slots=True)
class WrittenTopic:
    """What is written of a topic: its terms and broader topics, by name."""

    terms: list[str] = field(default_factory=list)
    broader: list[str] = field(default_factory=list)


PARTS = ("business", "creative", "people", "technology", "trades")


def written_text() -> str:
    """Return the thesaurus as it is written, all parts of it."""
    return "\n".join(data_text(f"thesaurus_{part}.txt") for part in PARTS)


def parse_written(text: str) -> dict[str, WrittenTopic]:
    """Parse the written form. Raises ValueError where a line cannot be read."""
    topics: dict[str, WrittenTopic] = {}
    current: WrittenTopic | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace():
            if current is None:
                raise ValueError(f"line {number}: terms before the first topic")
            current.terms += [term.strip() for term in line.split(",") if term.strip()]
            continue
        name, _, broader = line.partition("<")
        current = topics.setdefault(name.strip(), WrittenTopic([name.strip()]))
        current.broader += [above.strip() for above in broader.split(",") if above.strip()]
    unknown = {above for topic in topics.values() for above in topic.broader} - topics.keys()
    if unknown:
        raise ValueError(f"broader topics that are nowhere described: {', '.join(sorted(unknown))}")
    return topics
