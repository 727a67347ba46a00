"""How often a comment was seen and answered, as exports write it: 12000, 12.000, 1,2 rb, 3.4K, 2 jt."""

import re

MOST = 10_000_000_000
_PLAIN = re.compile(r"[0-9]{1,11}(?:\.0)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:(?:\.[0-9]{3})+|(?:,[0-9]{3})+|(?: [0-9]{3})+)")
_SHORT = re.compile(r"([0-9]{1,7}(?:[.,][0-9]{1,3})?) ?(rb|ribu|k|jt|juta|m)", re.IGNORECASE)
_THOUSAND, _MILLION = 1_000, 1_000_000
_TIMES = {"rb": _THOUSAND, "ribu": _THOUSAND, "k": _THOUSAND, "jt": _MILLION, "juta": _MILLION, "m": _MILLION}


def figure(text: str) -> int | None:
    """The number; nought where nothing stands, None where it is none."""
    plain = " ".join(text.split())
    if plain in {"", "-"}:
        return 0
    if _PLAIN.fullmatch(plain):
        found = int(plain.partition(".")[0])
    elif _GROUPED.fullmatch(plain):
        found = int(re.sub(r"[., ]", "", plain))
    elif short := _SHORT.fullmatch(plain):
        found = round(float(short[1].replace(",", ".")) * _TIMES[short[2].lower()])
    else:
        return None
    return found if found <= MOST else None
