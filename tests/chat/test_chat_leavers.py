"""Somebody left the team's group unheard: none of the buttons that let something out is theirs any more."""

from chat_office import TRIAGE_CHAT, Office
from chat_scenes import Numbers, every_press, waiting

from bot.chat import actions as do
from bot.chat import moderation_actions as measure
from bot.chat import step_actions as step
from bot.chat.packing import pack
from bot.domain.risk import RISKY
from bot.sandbox.model import Member, Status

STOPS = (measure.RefuseMeasure, measure.UndoMeasure, measure.WarningStands)
"""They need a coordinator's right, but what they do is to hold back or to give back."""
OUT_AGAIN = (do.Resend, step.PostAgain)
"""Anybody of the team may, and what was approved leaves once more."""


async def test_every_deed_worth_a_look_is_looked_at_by_whatever_button_it_comes(office: Office) -> None:
    await waiting(office)
    kori = office.users["kori"]
    office.triage.members[kori.id] = Member(Status.LEFT)
    message = office.cards()[-1].message_id
    table = every_press(Numbers())
    risky = {type(b): b for b, right in table if right in RISKY or isinstance(b, OUT_AGAIN)}
    assert {right for _, right in table} >= RISKY
    for kind, button in risky.items():
        if kind in STOPS:
            continue
        press = await office.press_raw(kori, TRIAGE_CHAT, message, pack(button))
        assert press.text.startswith("Anda belum ada di grup tim"), f"{kind.__name__} asked nobody"
