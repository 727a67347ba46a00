"""Where a comment of a file was written, and how much a reply there may hold."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from urllib.parse import urlsplit


class Network(StrEnum):
    """Platforms whose comments come by a file, and whose answers a person copies there."""

    X = "x"
    THREADS = "threads"
    TIKTOK = "tiktok"
    INSTAGRAM = "instagram"
    FACEBOOK = "facebook"
    YOUTUBE = "youtube"

    @property
    def called(self) -> str:
        return _TITLES[self]


_TITLES: Mapping[Network, str] = {
    Network.X: "X",
    Network.THREADS: "Threads",
    Network.TIKTOK: "TikTok",
    Network.INSTAGRAM: "Instagram",
    Network.FACEBOOK: "Facebook",
    Network.YOUTUBE: "YouTube",
}
_MOST: Mapping[Network, int] = {
    Network.X: 280,
    Network.THREADS: 500,
    Network.TIKTOK: 150,
    Network.INSTAGRAM: 2_200,
    Network.FACEBOOK: 8_000,
    Network.YOUTUBE: 10_000,
}
"""Of one comment there. Only X says so itself (docs/decisions/tone.md)."""
_ALSO: Mapping[str, Network] = {
    "twitter": Network.X,
    "ig": Network.INSTAGRAM,
    "fb": Network.FACEBOOK,
    "yt": Network.YOUTUBE,
}
_SITES: Mapping[str, Network] = {
    "x.com": Network.X,
    "twitter.com": Network.X,
    "threads.net": Network.THREADS,
    "threads.com": Network.THREADS,
    "tiktok.com": Network.TIKTOK,
    "instagram.com": Network.INSTAGRAM,
    "facebook.com": Network.FACEBOOK,
    "fb.com": Network.FACEBOOK,
    "fb.watch": Network.FACEBOOK,
    "youtube.com": Network.YOUTUBE,
    "youtu.be": Network.YOUTUBE,
}
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_LINK_ON_X = 23
_ONE_ON_X = (range(0x1100), range(0x2000, 0x200E), range(0x2010, 0x2020), range(0x2032, 0x2038))
"""Characters that count once on X; all others count twice."""
_JOINED = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]|\u200d.")
"""What follows a picture without being one of its own."""
_FLAG = re.compile("([\U0001f1e6-\U0001f1ff])[\U0001f1e6-\U0001f1ff]")


def network_of(name: str, link: str) -> Network | None:
    """As the file names it, else as its link tells; None where neither does."""
    plain = name.strip().casefold().removeprefix("www.")
    plain = plain.removesuffix(".com")
    if plain in _ALSO:
        return _ALSO[plain]
    if plain in set(Network):
        return Network(plain)
    return _of_site(link)


def _of_site(link: str) -> Network | None:
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        return None
    parts = host.casefold().split(".")
    return next((_SITES[site] for n in range(len(parts)) if (site := ".".join(parts[n:])) in _SITES), None)


def room_on(network: Network) -> int:
    """How many characters one comment there may hold."""
    return _MOST[network]


def length_on(network: Network, text: str) -> int:
    """As the place counts: on X a link is 23 long whatever it is, and a picture counts twice."""
    if network is not Network.X:
        return len(text)
    plain = unicodedata.normalize("NFC", text)
    rest, links = _LINK.subn("", plain)
    rest = _FLAG.sub(r"\1", _JOINED.sub("", rest))
    return links * _LINK_ON_X + sum(1 if any(ord(one) in span for span in _ONE_ON_X) else 2 for one in rest)
