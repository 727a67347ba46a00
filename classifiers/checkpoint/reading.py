"""Comment text to windows of token ids.

Links, mentions, phone numbers, addresses and long numbers become fixed words first, in learning as in use, so
that no network can learn a person's data. Learning and use share this code, so they read alike.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from classifiers.checkpoint.libraries import runtime
from classifiers.errors import ModelError
from classifiers.text import MAIL, MAX_CHARS, MENTION, NUMBER, PHONE, URL, tokens

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
    """A stretch of one text as the network reads it; `text` numbers the text."""

    text: int
    ids: list[int]


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
                f"Tokenizer {path} tidak dapat dibaca. Pasang ulang: .venv/bin/pip install -U -e '.[onnx]'."
            ) from error

    def read(self, texts: Sequence[str]) -> list[Window]:
        """Windows in the order of the texts; every text has at least one, the empty one too."""
        windows = []
        for number, text in enumerate(texts):
            first = self._tokenizer.encode(masked(text))
            windows += [Window(number, one.ids) for one in (first, *first.overflowing[: MOST_WINDOWS - 1])]
        return windows


def masked(text: str) -> str:
    """The text with its links, accounts and numbers written as words."""
    parts, at = [], 0
    for token in tokens(text):
        parts.append(text[at : token.start])
        parts.append(_WRITTEN.get(token.norm) or _LONG_DIGITS.sub("0", text[token.start : token.end]))
        at = token.end
    parts.append(text[at:MAX_CHARS])
    return _HALF_CHARACTERS.sub("\ufffd", "".join(parts))
