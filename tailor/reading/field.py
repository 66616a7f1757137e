"""What one field says: a date, a period, a way to reach the person, a text with Markdown in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

from tailor.reading.cv.cells import locate_period
from tailor.reading.lines import starts_with_glyph, web_address
from tailor.values.cv import Contact, ContactKind, Date, Period, RichText, Run
from tailor.values.resources import data_toml

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Dates

# The time of day that some programs add says nothing.
_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d?)(?:-(\d\d?)(?:[T ][\d:.]+(?:Z|[+-][\d:]+)?)?)?")

_LONGEST_DATE = 60  # characters


def read_date(text: str) -> Date | None:
    """Return the date that the whole of `text` is; days are left out, as CVs give months."""
    match = _ISO.fullmatch(text.strip())
    if match:
        year, month, day = int(match[1]), int(match[2]), int(match[3] or 1)
        return Date(year, month) if 1 <= month <= 12 and 1 <= day <= 31 else None
    period = read_period(text)
    return period.end if period and period.start is None else None


def read_period(text: str) -> Period | None:
    """Return the period, or the single date, that the whole of `text` is."""
    if len(text) > _LONGEST_DATE:
        return None
    match = _ISO.fullmatch(text.strip())
    if match and match[3]:
        date = read_date(text)
        return Period(end=date) if date else None
    found = locate_period(text)
    return found.period if found and found.start == found.end else None


def is_present(text: str) -> bool:
    """Return whether `text` is a word such as "present", which leaves a period open."""
    period = read_period(f"2000 – {text}")
    return bool(period and period.present)


def between(start: str, end: str) -> Period | None:
    """Return the period from `start` to `end`; without an end it is not over.

    An empty text is no date. None if there is a text that is no date, or only a
    word for the present. The ends come in order, whatever the file says.
    """
    first, last = read_date(start) if start else None, read_date(end) if end else None
    present = is_present(end) if end and last is None else not end
    if start and first is None:
        return None if end else read_period(start)
    if end and last is None and not present:
        return None
    if first is None:
        return Period(end=last) if last or not end else None
    if last is None:
        return Period(first, present=True)
    if (last.year, last.month or 12) < (first.year, first.month or 1):
        first, last = last, first
    return Period(first, last)


# Ways to reach the person

_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")
_BARE_ADDRESS = re.compile(r"(?:[\w-]{1,63}\.){1,5}[a-z]{2,24}(?:[/?#]\S*)?", re.IGNORECASE)
_USER = re.compile(r"[\w.@/%+~-]+")


def web_link(text: str) -> str | None:
    """Return the http(s) address that the whole of `text` is; a bare one ("x.org") gets https."""
    if re.fullmatch(r"https?://\S+", text, re.IGNORECASE):
        return text
    return f"https://{text}" if _BARE_ADDRESS.fullmatch(text) else None


def email_contact(text: str) -> Contact | None:
    """Return the e-mail address that `text` is; None if it is none."""
    bare = text[7:] if text.lower().startswith("mailto:") else text
    return Contact(ContactKind.EMAIL, bare, f"mailto:{bare}") if _EMAIL.fullmatch(bare) else None


def phone_contact(text: str) -> Contact:
    """Return a telephone number; of ``tel:+1-609-999-9995`` the number is shown."""
    if text.lower().startswith("tel:"):
        return Contact(ContactKind.PHONE, text[4:].strip(), text)
    return Contact(ContactKind.PHONE, text)


def site_contact(text: str) -> Contact:
    """Return the address of a site."""
    return Contact(ContactKind.WEBSITE, text, web_link(text))


def network_contact(network: str, user: str, url: str = "") -> Contact | None:
    """Return a user name, or the page, of a social network; None if neither is given.

    The network's name stands before the user name, since many people have the same
    one in several. Without an address the link is that of the usual networks.
    """
    address = web_link(url) if url else None
    if not user:
        return Contact(ContactKind.WEBSITE, network or url, address) if url else None
    if web_link(user) and user.lower().startswith("http"):
        return Contact(ContactKind.WEBSITE, f"{network}: {user}" if network else user, user)
    shown = f"{network}: {user}" if network else user
    return Contact(ContactKind.HANDLE, shown, address or _page(network, user))


def _page(network: str, user: str) -> str | None:
    name = re.sub(r"\s+", "", network.casefold())
    if name == "mastodon":  # @user@server
        match = re.fullmatch(r"@?([\w.-]+)@([\w.-]+)", user)
        return f"https://{match[2]}/@{match[1]}" if match else None
    start = data_toml("networks.toml").get(name)
    bare = user if name in {"orcid", "stackoverflow"} else user.removeprefix("@")
    return web_address(f"{start}{bare}") if start and _USER.fullmatch(bare) else None


# Texts

_MARKS = re.compile(r"[*_`\[<]")
# A text with more is taken as it is: some would take the parser long.
_LONGEST_MARKED = 5_000  # characters
_MOST_MARKS = 100
_MOST_BRACKETS = 20
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
# "• Built A • Ran B" in one line, as some sites make of a list.
_DOT = re.compile(r"(?<!\s)\s+(?=[•●▪◦‣]\s)")
_WRAPPED = 60  # characters; a line this long without a full stop may go on in the next one
_SENTENCE_END = (".", "!", "?", ":", ";")
# Tags of text that editors write, and characters that are spelt out.
_HTML = re.compile(
    r"</(?:p|ul|ol|li|strong|b|em|i|u|s|a|span|div|h[1-6]|blockquote)>|<br */?>|"
    r"&(?:amp|nbsp|lt|gt|quot|#\d{1,5});",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z][^<>]{0,500}>", re.IGNORECASE)
_STYLE_TAG = re.compile(r"<(?P<end>/?)(?P<name>b|strong|i|em|br)\s*/?>", re.IGNORECASE)
# A star between two letters or digits is no mark, as in 2*3*4.
_STAR_INSIDE = re.compile(r"(?<=\w)\*(?=\w)|(?<=\d)\*\*(?=\d)")
_STAR = "\ufdd0"  # no character of any text; stands for such a star while Markdown is read


def is_html(text: str) -> bool:
    """Return whether `text` was written by an editor of HTML."""
    return bool(_HTML.search(text))


def without_html(text: str) -> str:
    """Return a text of one line as a browser would show it, if an editor of HTML wrote it."""
    return unescape(_TAG.sub("", text)) if is_html(text) else text


def typed_lines(text: str) -> list[str]:
    """Return the lines of `text` that say something of their own, without empty ones.

    A typed list glyph or an empty line begins a new one; what an editor's margin cut
    is joined. Glyphs stay, for `lines.clean` to drop.
    """
    found: list[str] = []
    after_gap = True
    for line in _LINE_END.split(text):
        for number, part in enumerate(_dotted(line.strip())):
            if not part:
                after_gap = True
                continue
            if not number and not after_gap and _goes_on(found[-1], part):
                found[-1] = f"{found[-1]} {part}"
            else:
                found.append(part)
            after_gap = False
    return found


def _dotted(line: str) -> list[str]:
    return _DOT.split(line) if starts_with_glyph(line) else [line]


def _goes_on(before: str, line: str) -> bool:
    if starts_with_glyph(line) or before.endswith(_SENTENCE_END):
        return False
    return line[:1].islower() or (len(before) >= _WRAPPED and not starts_with_glyph(before))


def inline_markdown(text: str) -> RichText:
    """Read bold, italics and links to web and mail addresses in one line of Markdown.

    Products (2*3*4), snake_case, and links of other kinds stay as they are.
    """
    if len(text) > _LONGEST_MARKED or not 0 < len(_MARKS.findall(text)) <= _MOST_MARKS:
        return RichText.of(text)
    if text.count("[") > _MOST_BRACKETS or _STAR in text:
        return RichText.of(text)
    marked = _STAR_INSIDE.sub(lambda match: _STAR * len(match.group()), text)
    runs = runs_of(_parser().parseInline(marked)[0].children or [])
    return RichText.of(
        Run(r.text.replace(_STAR, "*"), r.bold, r.italic, r.link and r.link.replace(_STAR, "*"))
        for r in runs
    )


def runs_of(tokens: Iterable[Token]) -> Iterator[Run]:
    """Yield the runs of inline tokens: bold, italics and links are kept, also those of HTML.

    Comments are dropped, and the title of a link stands behind it.
    """
    bold = italic = 0
    link: str | None = None
    title = ""
    for token in tokens:
        text = token.content
        if token.type == "link_open":
            link, title = str(token.attrs["href"]), str(token.attrs.get("title") or "")
        elif token.type == "link_close":
            link, text = None, f" ({title})" if title else ""
        elif token.type in {"strong_open", "strong_close"}:
            bold += token.nesting
        elif token.type in {"em_open", "em_close"}:
            italic += token.nesting
        elif token.type in {"softbreak", "hardbreak"}:
            text = " "
        elif token.type == "html_inline":
            tag = _STYLE_TAG.fullmatch(text)
            name, change = (tag["name"].lower(), -1 if tag["end"] else 1) if tag else ("", 0)
            bold = max(0, bold + change * (name in {"b", "strong"}))
            italic = max(0, italic + change * (name in {"i", "em"}))
            if tag or text.startswith("<!--"):
                text = " " if name == "br" else ""
        yield Run(text, bold > 0, italic > 0, link)


@cache
def _parser() -> MarkdownIt:
    """Return a parser of bold, italics, code and links, which leaves addresses as they are."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only fields with Markdown in them need it

    rules = ["emphasis", "link", "autolink", "backticks", "escape"]
    parser = MarkdownIt("zero").enable(rules)
    parser.validateLink = lambda url: web_address(url) is not None  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return parser
