"""Notices and prompts: one sentence from a service, or a question whose answer is a reply."""

from collections.abc import Mapping

from bot.chat import actions as do
from bot.chat import moderation_actions as order
from bot.chat import shift_actions as shift
from bot.chat import word_actions as word
from bot.chat.boards import message_link
from bot.chat.drawn import NO_KEYBOARD, Button, Drawn, Keyboard, Tone, rows
from bot.chat.render import Piece, code, lines, mention, quote, render
from bot.chat.words import buttons as on
from bot.chat.words import data, moderation, sharing, templates
from bot.chat.words import notices as words
from bot.domain.outgoing import Notice, Prompt
from bot.services.template_shelf import own_short


def draw_notice(notice: Notice, names: Mapping[str, str]) -> Drawn:
    """A sentence to the team, with the note that it quotes, words to copy and the button that it asks for."""
    note = notice.params.get("note")
    said: list[Piece] = [words.notice(notice.what, notice.params, names)]
    if note:
        said.append(quote(str(note)))
    copy = data.meanwhile(notice.params) if notice.what == "data_late" else notice.params.get("copy")
    if copy:
        said.append(code(str(copy)))
    return Drawn(render(lines(*said)), _buttons(notice) or _about_a_run_or_case(notice))


def _buttons(notice: Notice) -> Keyboard:
    """What its reader may press."""
    match notice.what:
        case "unlock_asked":
            since = int(str(notice.params.get("since", 0)))
            return rows(Button(on.UNLOCK, do.Unlock(since), tone=Tone.CAREFUL))
        case "swap_asked":
            number = int(str(notice.params.get("swap", 0)))
            agree = Button(on.AGREE_SWAP, shift.AgreeSwap(number), tone=Tone.GO)
            return rows(agree, Button(on.DECLINE_SWAP, shift.DeclineSwap(number), tone=Tone.CAREFUL))
        case "reach_test":
            asked = int(str(notice.params.get("round", 0)))
            return rows(Button(on.REACHED, shift.ConfirmReach(asked), tone=Tone.GO))
        case "measure_audit" | "measure_unread":
            listed = notice.params.get("measures")
            numbers = [int(one[0]) for one in listed] if isinstance(listed, list) else []
            return rows(*(Button(moderation.number(one), order.ShowMeasure(one)) for one in numbers))
        case "template_proposed":
            return _on_proposal(notice)
        case _:
            return NO_KEYBOARD


def _about_a_run_or_case(notice: Notice) -> Keyboard:
    return _to_close(notice) or _to_say_meanwhile(notice) or _to_the_card(notice)


def _to_say_meanwhile(notice: Notice) -> Keyboard:
    """A claim that waits for a unit has no citizen to answer: there the sentence is copied."""
    case = int(str(notice.params.get("case", 0) or 0))
    if notice.what != "data_late" or not case:
        return NO_KEYBOARD
    return rows(Button(data.SAY_MEANWHILE, word.SayMeanwhile(case, 0)))


def _to_close(notice: Notice) -> Keyboard:
    """Whoever is asked whether an incident is over says so here; of an older row the epoch is not known."""
    if notice.what != "propose_resolve" or "epoch" not in notice.params:
        return NO_KEYBOARD
    run, epoch = (int(str(notice.params[key])) for key in ("run", "epoch"))
    return rows(Button(on.RESOLVE, do.ResolveRun(run, epoch), tone=Tone.GO))


def _to_the_card(notice: Notice) -> Keyboard:
    """Where a private message is about a case: what its reader may press, and the way to its card."""
    card = notice.params.get("card")
    url = message_link(int(card[0]), int(card[1])) if isinstance(card, list) and len(card) == 2 else ""
    case, version = (int(str(notice.params.get(key, 0))) for key in ("case", "version"))
    accept = None
    if notice.what == "assigned" and notice.params.get("may"):
        accept = Button(sharing.ACCEPT, do.TakeCase(case, version), tone=Tone.GO)
    return rows(accept, Button(sharing.OPEN_CARD, url=url) if url else None)


def _on_proposal(notice: Notice) -> Keyboard:
    """Of a later version the words stand under a name of their own."""
    name, version = str(notice.params.get("template", "")), int(str(notice.params.get("version", 1)))
    short, sha = do.Short(own_short(name, version)), do.Short(str(notice.params.get("sha", "")))
    approve = Button(on.APPROVE_TEMPLATE, do.ApproveTemplate(short, sha), tone=Tone.GO)
    decline = word.DeclineTemplate(short, sha)
    return rows(approve, Button(templates.DECLINE, decline, tone=Tone.CAREFUL), width=1)


def draw_prompt(prompt: Prompt, names: Mapping[str, str], user: int = 0) -> Drawn:
    """A question; the reply field opens, of the account `user` alone where it is known.

    The present text, if there is one, can be copied with a tap.
    """
    name = names.get(prompt.person, prompt.person)
    ask, placeholder = words.prompt(prompt.what, prompt.params, name)
    before, found, after = ask.partition(name)
    # Without a mention the reply field would open on every phone of the group.
    meant = bool(user and found)
    asked: tuple[Piece, ...] = (before, mention(name, user), after) if meant else (ask,)
    text = prompt.params.get("text")
    drawn = render(lines(asked, code(str(text)) if text else None))
    return Drawn(drawn, force_reply=placeholder, selective=meant)
