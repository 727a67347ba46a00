"""A message as data: what a view looks like, before anybody sends it."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from bot.chat.actions import Action
from bot.chat.packing import pack


class Tone(StrEnum):
    """The colour of a button where the app knows colours (Bot API 9.4): go, careful, main thing."""

    GO = "success"
    CAREFUL = "danger"
    MAIN = "primary"


@dataclass(frozen=True, slots=True)
class Button:
    """Either an `action` or a web address."""

    text: str
    action: Action | None = None
    url: str = ""
    tone: Tone | None = None


Keyboard = tuple[tuple[Button, ...], ...]
NO_KEYBOARD: Keyboard = ()
MOST_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Bars:
    """One row of a picture: so many each five minutes of an hour. `usual`: as high as on other days."""

    title: str
    counts: tuple[int, ...]
    usual: float = 0.0


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows of bars from one clock time to another. `usual`: what the line across them says.

    `instead`: the message where none can be drawn.
    """

    rows: tuple[Bars, ...]
    begins: str
    ends: str
    usual: str
    instead: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """One message: Telegram HTML and its buttons.

    `protect` forbids forwarding and saving. `force_reply` opens the reply field with this placeholder
    (then there are no buttons); with `selective` only for whom the text mentions. `silent` makes no sound.
    `picture`: the text stands below it.
    """

    text: str
    keyboard: Keyboard = NO_KEYBOARD
    protect: bool = False
    force_reply: str | None = None
    silent: bool = False
    selective: bool = False
    picture: Picture | None = None

    @property
    def shown(self) -> str:
        """Changes when the message would look or act differently."""
        buttons = [
            [(x.text, pack(x.action) if x.action else x.url, x.tone) for x in row] for row in self.keyboard
        ]
        return hashlib.sha256(repr((self.text, buttons)).encode()).hexdigest()[:16]


def rows(*buttons: Button | None, width: int = MOST_IN_A_ROW) -> Keyboard:
    """Buttons in rows of at most `width`; None is left out."""
    kept = [button for button in buttons if button is not None]
    return tuple(tuple(kept[at : at + width]) for at in range(0, len(kept), width))


def evenly(*buttons: Button, width: int) -> Keyboard:
    """In as few rows as `rows`, but about as many in each: a lone button would be as broad as the card."""
    if not buttons:
        return NO_KEYBOARD
    needed = -(-len(buttons) // width)
    return rows(*buttons, width=-(-len(buttons) // needed))
