"""Notices and prompts: one sentence from a service, or a question whose answer is a reply."""

from collections.abc import Mapping

from bot.chat import actions as do
from bot.chat.drawn import NO_KEYBOARD, Button, Drawn, Tone, rows
from bot.chat.render import Piece, code, lines, quote, render
from bot.chat.words import buttons as on
from bot.chat.words import notices as words
from bot.domain.outgoing import Notice, Prompt


def draw_notice(notice: Notice, names: Mapping[str, str]) -> Drawn:
    """A sentence to the team, with the note that it quotes and the button that it asks for."""
    note = notice.params.get("note")
    said: list[Piece] = [words.notice(notice.what, notice.params, names)]
    if note:
        said.append(quote(str(note)))
    unlock = rows(Button(on.UNLOCK, do.Unlock(), tone=Tone.CAREFUL))
    return Drawn(render(lines(*said)), unlock if notice.what == "unlock_asked" else NO_KEYBOARD)


def draw_prompt(prompt: Prompt, names: Mapping[str, str]) -> Drawn:
    """A question; the reply field opens. The present text, if there is one, can be copied with a tap."""
    ask, placeholder = words.prompt(prompt.what, prompt.params, names.get(prompt.person, prompt.person))
    text = prompt.params.get("text")
    return Drawn(render(lines(ask, code(str(text)) if text else None)), force_reply=placeholder)
