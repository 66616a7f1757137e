"""Contact items of files with fields: mail, sites, and user names of social networks."""

from __future__ import annotations

import re

from tailor.reading.lines import web_address
from tailor.values.cv import Contact, ContactKind

_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")
_BARE_ADDRESS = re.compile(r"(?:[\w-]{1,63}\.){1,5}[a-z]{2,24}(?:[/?#]\S*)?", re.IGNORECASE)
_USER = re.compile(r"[\w.@/%+~-]+")
# Where the pages of users are, by the network's name in lower case without spaces.
_PAGES = {
    "linkedin": "https://linkedin.com/in/",
    "github": "https://github.com/",
    "gitlab": "https://gitlab.com/",
    "bitbucket": "https://bitbucket.org/",
    "instagram": "https://instagram.com/",
    "facebook": "https://facebook.com/",
    "orcid": "https://orcid.org/",
    "stackoverflow": "https://stackoverflow.com/users/",
    "researchgate": "https://researchgate.net/profile/",
    "youtube": "https://youtube.com/@",
    "googlescholar": "https://scholar.google.com/citations?user=",
    "telegram": "https://t.me/",
    "whatsapp": "https://wa.me/",
    "leetcode": "https://leetcode.com/u/",
    "kaggle": "https://kaggle.com/",
    "medium": "https://medium.com/@",
    "dev.to": "https://dev.to/",
    "behance": "https://behance.net/",
    "dribbble": "https://dribbble.com/",
    "imdb": "https://imdb.com/name/",
    "huggingface": "https://huggingface.co/",
    "bluesky": "https://bsky.app/profile/",
    "reddit": "https://reddit.com/user/",
    "twitter": "https://x.com/",
    "x": "https://x.com/",
}


def web_link(text: str) -> str | None:
    """Return the http(s) address that the whole of `text` is; a bare one ("x.org") gets https."""
    if re.fullmatch(r"https?://\S+", text, re.IGNORECASE):
        return text
    return f"https://{text}" if _BARE_ADDRESS.fullmatch(text) else None


def is_email(text: str) -> bool:
    """Tell an e-mail address and nothing else."""
    return bool(_EMAIL.fullmatch(text))


def email_contact(text: str) -> Contact | None:
    """Return the e-mail address that `text` is; None if it is none."""
    bare = text[7:] if text.lower().startswith("mailto:") else text
    return Contact(ContactKind.EMAIL, bare, f"mailto:{bare}") if is_email(bare) else None


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
    start = _PAGES.get(name)
    bare = user if name in {"orcid", "stackoverflow"} else user.removeprefix("@")
    return web_address(f"{start}{bare}") if start and _USER.fullmatch(bare) else None
