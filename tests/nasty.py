"""What people type, paste or call themselves to break a message, and by what one sees it got through."""

import re
import unicodedata

SEEDS = (
    "</blockquote><a href='tg://user?id=1'>klik</a>",
    '"><b onclick="x">',
    "&lt;b&gt; &amp; &#60;script&#62;",
    "\u202egnp.exe\u202c \u2066x\u2069",
    "Z" + "\u0300\u0301\u0302\u0303" * 300,
    "\ud800 lone \udfff",
    "👨‍👩‍👧‍👦" * 40 + "🏴󠁧󠁢󠁥󠁮󠁧󠁿🇮🇩❤️‍🔥1️⃣",
    "tg://user?id=5 tg://resolve?domain=x https://t.me/x",
    "/kunci @semua_orang judi88.com bit.ly/x a@b.co.id",
    "\x00\x01\x1b[31m\x7f\x85\u2028",
    "a" * 5000,
    "😀" * 3000,
    "\n" * 4000,
    "ﷺ" * 800,
    "\u200d" * 100,
)
COURSE = {
    "taps": f"{SEEDS[8]} {SEEDS[7]} {' '.join(SEEDS[:3])} *x* [z](tg://user?id=1) ``` #tagar $IDR",
    "letters": " ".join(SEEDS[3:6]) + SEEDS[9] + SEEDS[14],
    "wide": SEEDS[6] + "ﷺ" * 200 + "\n" * 300 + "😀" * 300 + "a" * 2000,
}
"""All of them in a few texts, as long as Telegram takes them: a whole day is lived through with each."""
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")


def longest_pile(text: str) -> int:
    """The most marks that stand on one letter."""
    longest = pile = 0
    for char in text:
        pile = pile + 1 if unicodedata.category(char)[0] == "M" else 0
        longest = max(longest, pile)
    return longest
