"""Which addresses become links, in a spelling that Word accepts.

Word calls a whole document damaged for one address it cannot read, so what is
not surely an address stays plain text.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_MAX_LENGTH = 2000  # Word's limit is 2,083 characters
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+")
_HOST = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def link_target(address: str) -> str | None:
    """Return `address` as a link's target in ASCII, or None if it must not be a link.

    Only http, https and mailto addresses are links; one with a password or
    with a host or port that cannot be is none.
    """
    address = address.strip()
    if not address.isprintable() or " " in address:
        return None
    scheme, separator, rest = address.partition(":")
    scheme = scheme.lower()
    if not separator or scheme not in {"http", "https", "mailto"}:
        return None
    target = _mail(rest) if scheme == "mailto" else _web(scheme, address)
    return target if target and len(target) <= _MAX_LENGTH else None


def _mail(rest: str) -> str | None:
    mailbox, question_mark, fields = rest.partition("?")
    if not _MAIL.fullmatch(mailbox):
        return None
    return f"mailto:{_quoted(mailbox)}{question_mark}{_quoted(fields)}"


def _web(scheme: str, address: str) -> str | None:
    try:
        parts = urlsplit(address)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError:  # also what `idna` raises
        return None
    if not _HOST.fullmatch(host) or "@" in parts.netloc:
        return None
    authority = host if port is None else f"{host}:{port}"
    path = _quoted(parts.path)
    query = f"?{_quoted(parts.query)}" if parts.query else ""
    fragment = f"#{_quoted(parts.fragment)}" if parts.fragment else ""
    return f"{scheme}://{authority}{path}{query}{fragment}"


def _quoted(text: str) -> str:
    return quote(_BARE_PERCENT.sub("%25", text), safe="%/?:@!$&'()*+,;=-._~")
