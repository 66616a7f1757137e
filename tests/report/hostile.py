"""A posting and a CV that try to be more than text."""

from __future__ import annotations

import tailor
from tailor.reading.posting.text import parse_posting
from tailor.selection.tailored_cv import TailoredCv
from tailor.values.cv import (
    BulletFactory,
    Contact,
    ContactKind,
    Cv,
    Entry,
    RichText,
    Run,
    Section,
    SectionKind,
)

ATTACKS = (
    "<script>alert('a')</script>",
    '<img src=x onerror="alert(1)">',
    "<svg/onload=alert(2)>",
    "</textarea></title></style></script></template></li><script>alert(3)</script>",
    '"><a href="javascript:alert(4)" autofocus onfocus="alert(5)">Kubernetes</a>',
    "' onmouseover='alert(6)",
    "{{ 7 * 7 }} {% raw %} {# gone #} ${alert(8)}",
    "<!-- --> <![CDATA[ ]]> &lt;b&gt; &#60;script&#62;",
    "urn:sha256:" + 64 * "0",
    '<meta http-equiv="refresh" content="0; url=http://example.invalid/"><base href="http://example.invalid/">',
    '<link rel="stylesheet" href="http://example.invalid/x.css"><iframe src="http://example.invalid">',
    "\u202ekcab\u202c \u2066x\u2069 \x1b[31mred\x1b[0m a\x00b \ufeff \U000e0041 \u2028next",
    "a" * 3000,
    "مرحبا שלום Ünïcode 🎉 ＜script＞",
)


def hostile() -> TailoredCv:
    """Tailor a CV of all attacks to a posting of all attacks, which ask for what it has."""
    factory = BulletFactory()
    lines = tuple(
        factory.make(RichText((Run(f"Ran Kubernetes clusters {attack} in Python."),)))
        for attack in ATTACKS
    )
    cv = Cv(
        name=f"Robin {ATTACKS[0]}",
        headline=ATTACKS[1],
        contacts=(Contact(ContactKind.WEBSITE, ATTACKS[3], "javascript:alert(9)"),),
        sections=(
            Section(
                SectionKind.EXPERIENCE,
                ATTACKS[0],
                entries=tuple(
                    Entry(
                        factory.unique("e", attack), (f"Engineer {attack}",), attack, bullets=part
                    )
                    for attack, part in zip(ATTACKS, (lines, *[()] * len(ATTACKS)), strict=False)
                ),
            ),
            Section(SectionKind.OTHER, ATTACKS[3], bullets=(factory.make(ATTACKS[4]),)),
        ),
        unplaced=(factory.make(ATTACKS[0]),),
        source=f"{ATTACKS[1]}.md",
    )
    asked = "\n".join(f"- Run Kubernetes clusters {attack}" for attack in ATTACKS)
    wanted = "\n".join(f"- {attack}" for attack in ATTACKS)
    posting = parse_posting(
        f"Engineer {ATTACKS[0]}\n\nWhat you'll do\n{asked}\n\nNice to have\n{wanted}\n"
    )
    return tailor.select(tailor.match(cv, posting), pages=3)
