"""Files changed in what they say and not in their bytes, sound ones all the same.

Values of JSON and YAML, elements of HTML and XML, objects of PDFs are moved, repeated, taken away
or of another kind.
"""

from __future__ import annotations

import copy
import json
import re
import zlib
from collections.abc import Iterator, MutableMapping, MutableSequence
from random import Random
from typing import Any

import yaml
from lxml import etree

_DEEP = 90  # elements within elements, about the bound of what is read
# What a field may hold that nobody expects there.
_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1e308, 10**30, "", " ", "\n", "x" * 5000, "2019-13-45", "\u202e"),
    *("2020", "https://example.org", "- a\n- b", "<b>x</b>", "**x**", [], {}, [[]], [None], [{}]),
    *({"": ""}, {"name": {"name": []}}, ["a", 1, None], {"value": "x", "visible": "no"}),
)
_TAGS = (
    *("p", "div", "li", "ul", "ol", "table", "tr", "td", "h1", "h3", "br", "a", "span", "script"),
    *("style", "template", "svg", "math", "iframe", "form", "pre", "main", "article", "details"),
)
_NUMBERS = (b"0", b"-1", b"1", b"2", b"65536", b"-99999", b"1e9", b"0.0001", b"99999999999")
_NUMBER = re.compile(rb"-?\d+\.?\d*")
_REFERENCE = re.compile(rb"\b(\d+) (\d+) R\b")
_OBJECT = re.compile(rb"\b\d+ \d+ obj\b.*?\bendobj\b", re.DOTALL)
_NAME = re.compile(rb"/[A-Za-z][A-Za-z0-9]*")
_STREAM = re.compile(rb"(stream\r?\n)(.*?)(\r?\nendstream)", re.DOTALL)


def structured(data: bytes, random: Random) -> bytes | None:
    """Return `data` changed as what it is; None for what none of these reads."""
    head = data.lstrip(b"\xef\xbb\xbf \r\n\t")[:300].lower()
    try:
        if head.startswith(b"%pdf"):
            return _pdf(data, random)
        if head.startswith((b"<?xml", b"<w:", b"<pkg:")):
            return etree.tostring(_tree_changed(etree.fromstring(data), random))
        if b"<html" in head or head.startswith(b"<!doctype"):
            root = etree.fromstring(data, etree.HTMLParser(huge_tree=True))
            return etree.tostring(_tree_changed(root, random), method="html")
        if head.startswith((b"{", b"[")):
            value = _value_changed(json.loads(data), random)
            return json.dumps(value, ensure_ascii=random.random() < 0.5).encode("utf-8", "replace")
        if re.match(rb"[a-z_]+: *[\r\n\"'a-z]", head):
            value = _value_changed(yaml.safe_load(data), random)
            flow = random.choice((None, True, False))
            return yaml.dump(value, default_flow_style=flow, allow_unicode=True).encode()
    except (ValueError, etree.LxmlError, yaml.YAMLError, RecursionError, TypeError):
        pass
    return None


# JSON and YAML


def _value_changed(value: Any, random: Random) -> Any:  # noqa: ANN401 - any JSON
    for _ in range(random.choice((1, 1, 2, 3, 6))):
        places = list(_places(value))
        if not places:
            return random.choice(_VALUES)
        holder, key = random.choice(places)
        other, other_key = random.choice(places)
        chance = random.random()
        if chance < 0.4:
            holder[key] = copy.deepcopy(random.choice(_VALUES))
        elif chance < 0.6:
            holder[key] = copy.deepcopy(other[other_key])
        elif chance < 0.7:
            holder[key] = [holder[key]] if random.random() < 0.5 else {"items": holder[key]}
        elif chance < 0.8:
            del holder[key]
        elif isinstance(holder, MutableMapping):
            new = other_key if isinstance(other_key, str) else str(random.choice(_VALUES))[:20]
            holder[new] = holder.pop(key)
        else:
            holder[key:key] = [copy.deepcopy(holder[key])] * random.choice((1, 3, 40))
    return value


def _places(value: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - any JSON
    """Yield each place below `value`: what holds it, and its key there."""
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        if isinstance(holder, MutableMapping):
            keys: list[Any] = list(holder)
        elif isinstance(holder, MutableSequence):
            keys = list(range(len(holder)))
        else:
            continue
        yield from ((holder, key) for key in keys)
        waiting += [holder[key] for key in keys]


# XML and HTML


def _tree_changed(root: Any, random: Random) -> Any:  # noqa: ANN401, C901 - lxml's elements; a list of changes
    for _ in range(random.choice((1, 1, 2, 4, 10))):
        below = [e for e in root.iterdescendants() if isinstance(e.tag, str)][:3000]
        if not below:
            break
        one, other = random.choice(below), random.choice(below)
        chance = random.random()
        if chance < 0.2 and one is not other and one not in other.iterancestors():
            if sum(1 for _ in other.iterancestors()) < _DEEP:
                other.insert(random.randint(0, len(other)), one)
        elif chance < 0.35:
            one.getparent().remove(one)
        elif chance < 0.5:
            for _ in range(random.choice((1, 1, 5, 50))):
                one.addnext(copy.deepcopy(one))
        elif chance < 0.65:
            one.tag = other.tag if random.random() < 0.7 else _renamed(one.tag, random)
        elif chance < 0.8:
            _attribute_changed(one, other, random)
        elif chance < 0.9:
            one.text = random.choice(("", None, "\t", "• ", "x" * 3000, other.text, "2019 – 2021"))
        else:
            one.tail = random.choice((None, " ", "tail", other.tail))
    return root


def _renamed(tag: str, random: Random) -> str:
    space = tag.rpartition("}")[0]
    return f"{space}}}{random.choice(_TAGS)}" if space else random.choice(_TAGS)


def _attribute_changed(one: Any, other: Any, random: Random) -> None:  # noqa: ANN401
    named = list(one.attrib) or list(other.attrib)
    if named:
        name = random.choice(named)
        values = ("", "-1", "0", "1e9", "99999999999", "none", "auto", "x" * 300)
        if random.random() < 0.2:
            one.attrib.pop(name, None)
        else:
            one.set(name, random.choice((*values, *other.attrib.values())))


# PDF


def _pdf(data: bytes, random: Random) -> bytes:
    """Change objects, what they refer to, and what their streams draw, packed or not."""
    objects = [(found.start(), found.end()) for found in _OBJECT.finditer(data)]
    if not objects:
        return data
    for _ in range(random.choice((1, 1, 2, 4))):
        start, end = random.choice(objects)
        body = data[start:end]
        chance = random.random()
        stream = _STREAM.search(body)
        if stream and chance < 0.5:
            new = body[: stream.start(2)] + _drawn(stream[2], random) + body[stream.end(2) :]
        elif chance < 0.65:
            other, until = random.choice(objects)
            new = body.partition(b"obj")[0] + b"obj" + data[other:until].partition(b"obj")[2]
        elif chance < 0.7:
            new = b""
        else:
            pattern = random.choice((_NUMBER, _REFERENCE, _NAME))
            new = _one_replaced(pattern, body, data, random)
        # Objects keep their places as well as may be, so that later ones stay what they are.
        data = data[:start] + new.ljust(end - start)[: max(len(new), end - start)] + data[end:]
        objects = [(found.start(), found.end()) for found in _OBJECT.finditer(data)]
        if not objects:
            break
    return data


def _drawn(packed: bytes, random: Random) -> bytes:
    """Change operators and numbers of a page's content."""
    try:
        content, again = zlib.decompress(packed), True
    except zlib.error:
        content, again = packed, False
    lines = re.split(rb"(?<=[A-Za-z'\"*])\s+", content[:200_000])
    for _ in range(random.choice((1, 2, 5, 20))):
        at, other = random.randrange(len(lines)), random.randrange(len(lines))
        chance = random.random()
        if chance < 0.3:
            lines[at] = _one_replaced(_NUMBER, lines[at], content, random)
        elif chance < 0.5:
            lines[at], lines[other] = lines[other], lines[at]
        elif chance < 0.7:
            lines[at:at] = [lines[other]] * random.choice((1, 2, 100))
        elif chance < 0.85 and len(lines) > 1:
            del lines[at]
        else:
            lines[at] = random.choice((b"BT", b"ET", b"q", b"Q", b"0 0 0 0 0 0 cm", b"3 Tr", b"Do"))
    content = b"\n".join(lines)
    return zlib.compress(content) if again else content


def _one_replaced(pattern: re.Pattern[bytes], text: bytes, where: bytes, random: Random) -> bytes:
    """Put another number, reference or name of the file, or an odd number, in place of one."""
    found = list(pattern.finditer(text))[:2000]
    if not found:
        return text
    one = random.choice(found)
    start = random.randrange(len(where))
    other = pattern.search(where, start) or one
    new = random.choice(_NUMBERS) if pattern is _NUMBER else other[0]
    return text[: one.start()] + new + text[one.end() :]
