"""Which addresses become links."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.document.document import link_target


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org:8080/a/b?c=d&e=f#g",
        "https://medium.com/@ada/notes",
        "mailto:ada.b+cv@example.org",
        "mailto:ada@example.org?subject=Your%20CV",
    ],
)
def test_plain_addresses_stay(address: str) -> None:
    """An address that is in order is written as it is."""
    assert link_target(address) == address


@pytest.mark.parametrize(
    ("address", "target"),
    [
        (" HTTPS://example.org/a ", "https://example.org/a"),
        ("https://müller.de/über uns".replace(" ", "_"), "https://xn--mller-kva.de/%C3%BCber_uns"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ('https://example.org/"<>', "https://example.org/%22%3C%3E"),
        ("https://example.org?q=ä", "https://example.org?q=%C3%A4"),
    ],
)
def test_odd_spellings_are_encoded(address: str, target: str) -> None:
    """Other scripts, bare per cent signs and quotes become what a link may hold."""
    assert link_target(address) == target


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\tscript:alert(1)",
        "file:///etc/passwd",
        "\\\\server\\share",
        "data:text/html,x",
        "ftp://example.org",
        "https://",
        "https://[half",
        "https://example.org:port/",
        "https://example.org:99999/",
        "https://user:secret@example.org/",
        "https://exa mple.org/",
        "https://example..org/",
        "https://example.org/\u202egnp",
        "mailto:nobody",
        "mailto:a@b@c.org",
        "https://example.org/" + 2000 * "a",
    ],
)
def test_other_addresses_are_no_links(address: str) -> None:
    """Other schemes, passwords and what is malformed stay plain text."""
    assert link_target(address) is None


@given(
    st.one_of(
        st.text(), st.text().map("https://a.org/{}".format), st.text().map("http://{}".format)
    )
)
def test_target_is_always_a_short_ascii_address(address: str) -> None:
    """Whatever comes in, what goes out is safe to write, and stable."""
    target = link_target(address)
    if target is not None:
        assert target.isascii()
        assert target.isprintable()
        assert not set(target) & set(' "<>\\^`{|}')
        assert urlsplit(target).scheme in {"http", "https", "mailto"}
        assert link_target(target) == target
