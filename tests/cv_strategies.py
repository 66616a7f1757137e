"""Random CVs as readers could make them, with all that a form of writing may stumble over.

What readers promise of every CV is made by `renumbered`: clean texts, ids in
the order of the document, statements and items that follow from the words.
"""

from __future__ import annotations

from hypothesis import strategies as st

from tailor.reading.cv.numbering import renumbered
from tailor.values.cv import (
    Bullet,
    Contact,
    ContactKind,
    Cv,
    Date,
    Entry,
    Period,
    RichText,
    Run,
    Section,
    SectionKind,
)

# Words that some notation, here or in readers of free form, gives a meaning of its own.
TOKENS = [
    *(
        r"a b Tools Go C++ C# F# snake_case __init__ _x_ 5*3 *x* ** * _ ` `x` `` [1] [x] [ ] "
        r"![a](b) [a](b) [a]: ] [ ( ) < > <b> </b> <b>x</b> <i> <br> <br/> <div> <!-- --> <!--x--> "
        r"<a@b.org> <https://x.example> https://x.example/a_b_c www.x.example a@b.org & &amp; "
        r"&#35; R&D AT&T; &lt \ \\ \* \| | || | a|b » > # ## #1 + - – — = === --- *** ___ ~~~ "
        r"~~x~~ ``` 1. 1) 12. 2019. 2019 2021 Jan Present present 2019–2021 Jan_2020 03/2021 : ; , "
        r". ! !! ? $5 % @x ^ ' \" “x” …x Label: Email: Place: kind: Unplaced Experience Skills "
        r"Education Publications Contact Summary Ltd. Inc. Leeds UK Engineer Baker University "
        r"MSc PhD at and 2020) é ß 漢字 עברית 🎉 fluent English German Python, Kafka, It. Built it."
    ).split(),
    "2019 – 2021",
    "Jan 2020 – Present",
    "| 2021",
    "a. B",
    "e\u0301te\u0301",
    "x\\",
    '"',
    "zero\u200dwidth",
]
LINKS = (
    "https://x.example",
    "https://x.example/a_b_c*d*e",
    "https://x.example/a(b)c",
    "https://x.example/a)b(c",
    "https://x.example/?a=1&copy=2&amp;b=[3]",
    "https://x.example/a|b\\c\\*<d>",
    "https://x.example/é%20ü#f",
    "HTTP://X.EXAMPLE",
    "mailto:a@b.org",
    "https://x.example/»",
    'https://x.example/"a"',
)
WORDS = st.one_of(
    st.sampled_from(TOKENS),
    st.sampled_from(TOKENS),
    st.text(alphabet="ab1 .*_[]()<>&|\\`#!~\"'-+:;,/»é", min_size=1, max_size=6),
    # U+FDD0 is no character: no text of a CV has it, and the Markdown reader relies on that.
    st.text(st.characters(codec="utf-8", exclude_characters="\ufdd0"), min_size=1, max_size=4),
)

plain_texts = st.lists(st.tuples(WORDS, st.sampled_from([" ", " ", " ", ""])), max_size=6).map(
    lambda words: "".join(word + space for word, space in words)
)
runs = st.builds(
    Run, plain_texts, st.booleans(), st.booleans(), st.one_of(st.none(), st.sampled_from(LINKS))
)
rich_texts = st.one_of(
    plain_texts.map(RichText.of),
    st.lists(runs, max_size=4).map(RichText.of),
    st.sampled_from(LINKS).map(lambda link: RichText((Run(link, link=link),))),
)
dates = st.builds(
    Date,
    st.one_of(st.integers(1980, 2030), st.integers(1, 9999)),
    st.none() | st.integers(1, 12),
)
periods = st.one_of(
    st.just(Period()),
    st.builds(Period, st.none(), dates),
    st.builds(Period, dates, dates),
    st.builds(Period, dates, st.none(), st.just(True)),
)
bullets = st.builds(
    Bullet, st.just(""), rich_texts, st.just(()), st.just(0), st.none() | dates, st.integers(0, 99)
)
bullet_lists = st.lists(bullets, max_size=3).map(tuple)
entries = st.builds(
    Entry,
    st.just(""),
    st.lists(plain_texts, max_size=3).map(tuple),
    plain_texts,
    plain_texts,
    periods,
    bullet_lists,
    link=st.none() | st.sampled_from(LINKS),
)
sections = st.builds(
    Section,
    st.sampled_from(SectionKind),
    st.one_of(plain_texts, st.sampled_from(TOKENS)),
    rich_texts,
    st.lists(entries, max_size=2).map(tuple),
    bullet_lists,
)
contacts = st.builds(
    Contact,
    st.sampled_from(ContactKind),
    st.one_of(
        plain_texts, st.sampled_from(["jo@example.org", "jo.example.org", "+44 7700 900123"])
    ),
    st.one_of(
        st.none(),
        st.sampled_from([*LINKS, "tel:+447700900123", "mailto:jo@example.org"]),
        st.just("https://jo.example.org"),
    ),
)
first_entries = st.builds(Entry, st.just(""), st.just(("Baker",)), plain_texts)
cvs = st.builds(
    lambda name, headline, held, nationality, first, rest, unplaced: renumbered(
        Cv(
            name,
            headline,
            held,
            nationality,
            (*rest[:1], Section(SectionKind.EXPERIENCE, "Experience", entries=(first,)), *rest[1:]),
            unplaced,
        )
    ),
    st.tuples(st.just("Jo "), plain_texts).map("".join),
    plain_texts,
    st.lists(contacts, max_size=3).map(tuple),
    plain_texts,
    first_entries,
    st.lists(sections, max_size=3),
    bullet_lists,
)
