"""Comment text to windows of token ids, each piece knowing the word it stands in.

Links, mentions, phone numbers, addresses and long numbers become fixed words first, in learning as in use, so
that no network can learn a person's data. Learning and use share this code, so they read alike.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from classifiers.checkpoint.libraries import runtime
from classifiers.errors import ModelError
from classifiers.text import MAIL, MAX_CHARS, MENTION, NUMBER, PHONE, URL, Token, tokens

MOST_WINDOWS = 8
"""Windows read of one text. Texts of Telegram's greatest length take about as many; the rest is not read."""

OVERLAP = 16

_WRITTEN = {
    URL: "http",
    MENTION: "@user",
    PHONE: "nomor telepon",
    NUMBER: "nomor",
    MAIL: "alamat surel",
}
_LONG_DIGITS = re.compile(r"\d{5,}")
_HALF_CHARACTERS = re.compile("[\ud800-\udfff]")


class Window(NamedTuple):
    """A stretch of one text as the network reads it.

    `text` numbers the text, `inside` says per id whether it is a piece of the text (and not a frame token),
    `words` per id the number of its word among `Reading.tokens`, or -1.
    """

    text: int
    ids: list[int]
    inside: list[bool]
    words: list[int]


class Reading(NamedTuple):
    """Words per text, and the windows of all texts, in the order of the texts."""

    tokens: list[list[Token]]
    windows: list[Window]


class Reader:
    """A tokenizer of any family, set to windows of `max_tokens`."""

    def __init__(self, tokenizer: Any, max_tokens: int) -> None:
        tokenizer.no_padding()
        tokenizer.enable_truncation(max_tokens, stride=min(OVERLAP, max_tokens // 4))
        self._tokenizer = tokenizer

    @classmethod
    def open(cls, path: Path, max_tokens: int) -> "Reader":
        """Read a `tokenizer.json`. Raises ModelError and MissingExtraError."""
        library = runtime("tokenizers")
        try:
            return cls(library.Tokenizer.from_file(str(path)), max_tokens)
        except Exception as error:
            raise ModelError(
                f"Tokenizer {path} tidak dapat dibaca. Pasang ulang: pip install -U 'tanggap[onnx]'."
            ) from error

    def read(self, texts: Sequence[str]) -> Reading:
        """Every text has at least one window, the empty one too."""
        words, windows = [], []
        for number, text in enumerate(texts):
            found = tokens(text)
            masked, owners = _masked(text[:MAX_CHARS], found)
            words.append(found)
            first = self._tokenizer.encode(masked)
            windows += [
                _window(number, encoding, owners)
                for encoding in (first, *first.overflowing[: MOST_WINDOWS - 1])
            ]
        return Reading(words, windows)


def _masked(text: str, found: Sequence[Token]) -> tuple[str, list[int]]:
    """The text with its masks written out, and per character of it the number of its word or -1."""
    parts: list[str] = []
    owners: list[int] = []
    at = 0

    def add(part: str, owner: int) -> None:
        parts.append(part)
        owners.extend([owner] * len(part))

    for number, token in enumerate(found):
        add(text[at : token.start], -1)
        add(_WRITTEN.get(token.norm) or _LONG_DIGITS.sub("0", text[token.start : token.end]), number)
        at = token.end
    add(text[at:], -1)
    return _HALF_CHARACTERS.sub("\ufffd", "".join(parts)), owners


def _window(number: int, encoding: Any, owners: Sequence[int]) -> Window:
    inside = [not frame for frame in encoding.special_tokens_mask]
    words = [
        next((owner for owner in owners[start:end] if owner >= 0), -1) if own else -1
        for (start, end), own in zip(encoding.offsets, inside, strict=True)
    ]
    return Window(number, encoding.ids, inside, words)
