"""What fingers and phones do to a comment, kind by kind. The same random source makes the same scribble."""

import random
from collections.abc import Callable, Mapping

_VOWELS = "aiueo"
_LEET = str.maketrans("aeiostbg", "43105789")
_EMOJI = ("🙏", "😭", "😡", "🔥", "🤔", "👍", "😂", "‼️")
_BOLD, _CIRCLED = 0x1D5EE, 0x24D0  # sans-serif bold and circled small letters
_SHARE = 0.4  # of the words

Scribble = Callable[[str, random.Random], str]


def _words(change: Scribble, longest: int = 3) -> Scribble:
    """Applies a change to a share of the words that are longer than `longest`."""

    def applied(text: str, chance: random.Random) -> str:
        return " ".join(
            change(word, chance) if len(word) > longest and chance.random() < _SHARE else word
            for word in text.split(" ")
        )

    return applied


def _typo(word: str, chance: random.Random) -> str:
    """Two letters swapped, or one lost."""
    place = chance.randrange(1, len(word) - 1)
    if chance.random() < 0.5:
        return word[:place] + word[place + 1 :]
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _short(word: str, _chance: random.Random) -> str:
    return word[0] + "".join(char for char in word[1:] if char.lower() not in _VOWELS)


def _long(word: str, chance: random.Random) -> str:
    return word + word[-1] * chance.randint(2, 5)


def _leet(word: str, _chance: random.Random) -> str:
    return word.lower().translate(_LEET)


def _fancy(word: str, chance: random.Random) -> str:
    first = chance.choice((_BOLD, _CIRCLED))
    return "".join(chr(first + ord(char) - 97) if "a" <= char <= "z" else char for char in word.lower())


def _no_marks(text: str, _chance: random.Random) -> str:
    return "".join(char for char in text if char not in ".,?!:;\"'()").lower()


def _emoji(text: str, chance: random.Random) -> str:
    return f"{text} {chance.choice(_EMOJI) * chance.randint(1, 3)}"


KINDS: Mapping[str, Scribble] = {
    "typos": _words(_typo),
    "dropped vowels": _words(_short),
    "lengthening": _words(_long),
    "leet": _words(_leet),
    "fancy letters": _words(_fancy),
    "lost marks and capitals": _no_marks,
    "emoji": _emoji,
}


def scribbled(text: str, kind: str, seed: int) -> str:
    """The text in one kind of scribble."""
    return KINDS[kind](text, random.Random(f"{seed}:{text}"))
