"""Whether a comment tells a rumour on, or says that it is none.

A rule about a handful of turns of phrase, applied only to comments that belong to a claim already: it decides
what is counted apart, nothing else, and a person can say otherwise on the claim's card.
"""

import re

from bot.domain.claim import Stance

_DENIAL = re.compile(
    r"\b(?:ini|itu|udah|sudah|jelas|fix|cuma|hanya|murni|adalah)\s+(?:jelas\s+|murni\s+|cuma\s+)?"
    r"(?:hoa(?:x|ks?)|bohong|palsu|fitnah|kabar bohong|berita palsu)\b"
    r"|^\W*\[?(?:hoa(?:x|ks?)|salah|klarifikasi|cek fakta|disinformasi)\]?\s*[:!.,\-]"
    r"|\b(?:tidak|nggak|gak|ga|enggak|bukan)\s+(?:itu\s+)?(?:benar|bener|betul|fakta)\b"
    r"|\bjangan\s+(?:mudah\s+|gampang\s+|langsung\s+)?(?:percaya|disebar(?:kan)?|sebarkan|termakan)\b"
    r"|\b(?:sudah|udah|telah)\s+(?:di)?(?:bantah|dibantah|diklarifikasi|klarifikasi)\b"
    r"|\b(?:hoa(?:x|ks?)|bohong)\s+(?:lama|itu|ini|semua|banget|bro|kak|bang|min)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\?|\b(?:apa(?:kah)?|benar(?:kah)?|bener|betul(?:kah)?|masa|emang|ya\s*(?:min|kak|pak|bu))\b\W*$"
    r"|\b(?:apakah|benarkah|betulkah)\b|\b(?:benar|bener|betul|hoax|hoaks)\s+(?:gak|ga|nggak|tidak|enggak|apa)\b"
    r"|\batau\s+(?:hoax|hoaks|bohong|tidak|bukan|enggak|nggak|gak)\b",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"\b(?:bilang|katanya|dibilang|disebut)\b.{0,40}\b(?:hoa(?:x|ks?)|bohong|tidak benar)\b"
    r"|\b(?:bukan|nggak|gak|tidak|ga)\s+(?:hoa(?:x|ks?)|bohong)\b",
    re.IGNORECASE,
)


def stance_of(text: str) -> Stance:
    """A question denies nothing, nor does somebody who complains that others call it a hoax."""
    if _ASKS.search(text.strip()) or _TURNS.search(text):
        return Stance.TELLS
    return Stance.DENIES if _DENIAL.search(text) else Stance.TELLS
