"""Measures in the states in which a press may meet them, and every button of theirs."""

from chat_office import TRIAGE_CHAT, Office

from bot.chat import actions as do
from bot.chat import moderation_actions as order
from bot.domain.moderation import Remedy
from bot.domain.people import Action
from bot.sandbox import Message
from bot.services.templates import short_name

ADVERT = "Main slot gacor di sini, gampang menang"


def measure_card(office: Office) -> Message:
    """The newest card of a measure in the team's group."""
    return [m for m in office.seen(TRIAGE_CHAT) if m.text.startswith("🛡 T-") and " · #" in m.text][-1]


async def chosen(office: Office, remedy: str = "Batasi 7 hari") -> None:
    """Ani has chosen rule and rung."""
    card = await office.comment(ADVERT)
    for button in ("Tertibkan", "beriklan", remedy):
        await office.press("ani", card if button == "Tertibkan" else measure_card(office), button)


async def ordered(office: Office) -> None:
    """A second person is asked."""
    await chosen(office)
    await office.press("ani", measure_card(office), "Ajukan")


async def restricted(office: Office) -> None:
    """It is done, and may be taken back."""
    await ordered(office)
    await office.press("kori", office.last("kori"), "Pastikan")


def on_measures(case: tuple[int, int], measure: tuple[int, int]) -> list[tuple[do.Action, Action]]:
    """All buttons of moderation, each with the right that it needs."""
    return [
        (order.OpenMeasure(*case), Action.PROPOSE_REMOVAL),
        (order.MoveToPrivate(*case), Action.PROPOSE_REMOVAL),
        (order.ChooseRule(*measure, do.Short(short_name("spam"))), Action.PROPOSE_REMOVAL),
        (order.ChooseAnew(*measure), Action.PROPOSE_REMOVAL),
        (order.ChooseRemedy(*measure, Remedy.WARN, 0), Action.PROPOSE_REMOVAL),
        (order.ProposeMeasure(*measure), Action.PROPOSE_REMOVAL),
        (order.WithdrawMeasure(*measure), Action.PROPOSE_REMOVAL),
        (order.ConfirmMeasure(*measure), Action.CONFIRM_REMOVAL),
        (order.RefuseMeasure(*measure), Action.CONFIRM_REMOVAL),
        (order.UndoMeasure(*measure), Action.CONFIRM_REMOVAL),
        (order.WarnAgain(*measure), Action.CONFIRM_REMOVAL),
        (order.WarningStands(*measure), Action.CONFIRM_REMOVAL),
        (order.ShowMeasure(measure[0]), Action.SEE),
    ]
