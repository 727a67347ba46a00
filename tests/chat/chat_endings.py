"""The states in which things end or wait for long, and the table of what every command needs."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import chat_steps
from chat_office import DISCUSSION, TRIAGE_CHAT, Office
from chat_scenes import SCENES, Numbers, filling, numbers, snoozed, taken, waiting

from bot.domain.case import CaseStatus
from bot.domain.claim import ClaimId
from bot.domain.incident import RunId
from bot.domain.letters import letters_of, short_versions
from bot.domain.people import Action
from bot.domain.reply import DraftState
from bot.domain.step_state import StepState
from bot.domain.steps import Approve

RUMOUR = "katanya air kota hari ini dicampur racun oleh orang tak dikenal sebarkan ke semua warga"


async def returned(office: Office) -> None:
    await waiting(office)
    await office.press("kori", office.last("kori"), "Kembalikan")
    await office.writes("kori", office.users["kori"].id, "Sebut sumbernya.", office.last("kori"))


async def rejected(office: Office) -> None:
    await waiting(office)
    await office.press("koko", office.last("koko"), "Tolak")


async def expired(office: Office) -> None:
    """Nobody decided in half an hour."""
    await waiting(office)
    await office.later(31)


async def stale(office: Office) -> None:
    """The citizen wrote something else while the answer waited."""
    await waiting(office)
    comment = [m for m in office.world.messages(DISCUSSION) if m.raw["from"]["id"] == office.citizen.id][-1]
    office.world.edit(comment, "Jalan Mawar sudah diperbaiki, terima kasih")
    await office.pump()


async def dropped(office: Office) -> None:
    await filling(office)
    await office.press("ani", office.cards()[-1], "Buang draf")


async def approved(office: Office) -> None:
    """Kori said yes, and /kunci keeps it from the public."""
    await waiting(office)
    asked = office.last("kori")
    await office.writes("ani", TRIAGE_CHAT, "/kunci")
    await office.press("kori", asked, "Setujui")


async def handed_over(office: Office) -> None:
    await taken(office)
    for button in ("Tutup", "Bukan wewenang kami", "Tutup tanpa balasan"):
        await office.press("ani", office.cards()[-1], button)


async def came_back(office: Office) -> None:
    await snoozed(office)
    await office.later(61)


async def asked(office: Office) -> None:
    """A crisis with steps: Pita is asked what the official source says."""
    await chat_steps.opened(office)


async def to_be_approved(office: Office) -> None:
    """... and its words wait for two coordinators."""
    await chat_steps.answered(office)


async def rumoured(office: Office) -> None:
    await office.comment(RUMOUR)
    card = next(m for m in office.cards() if "#1" in m.text.split("\n")[0])
    await office.writes("ani", TRIAGE_CHAT, "/klaim Air kota dicampur racun", reply_to=card)


async def found_false(office: Office) -> None:
    """Ani proposes a finding; a coordinator is to confirm it."""
    await rumoured(office)
    for button in ("Periksa", "Temuan", "Salah"):
        shown = [m for m in office.seen(TRIAGE_CHAT) if "KL-1" in m.text and m.buttons][-1]
        await office.press("ani", shown, button)
    told = "Hasil uji hari ini baik. https://pdam.contoh.go.id/uji"
    await office.writes("ani", office.users["ani"].id, told, reply_to=office.last("ani"))


async def practised(office: Office) -> None:
    await office.writes("kori", TRIAGE_CHAT, "/latihan")
    await office.press("kori", office.seen(TRIAGE_CHAT)[-1], "🎓 Mulai 1")


EVERY_SCENE: dict[str, Callable[[Office], Awaitable[None]]] = SCENES | {
    scene.__name__: scene
    for scene in (
        returned, rejected, expired, stale, dropped, approved, handed_over, came_back,
        asked, to_be_approved, rumoured, found_false, practised,
    )
}  # fmt: skip
DRAFT_OF = {
    "filling": DraftState.WRITING,
    "waiting": DraftState.WAITING,
    "approved": DraftState.APPROVED,
    "answered": DraftState.POSTED,
    "returned": DraftState.RETURNED,
    "rejected": DraftState.REJECTED,
    "expired": DraftState.EXPIRED,
    "stale": DraftState.STALE,
    "dropped": DraftState.DROPPED,
}
CASE_OF = {
    "new": CaseStatus.NEW,
    "taken": CaseStatus.ASSIGNED,
    "waiting": CaseStatus.DRAFTED,
    "answered": CaseStatus.ANSWERED,
    "closed": CaseStatus.CLOSED,
    "snoozed": CaseStatus.SNOOZED,
    "handed_over": CaseStatus.HANDED_OVER,
}


async def every_number(office: Office) -> Numbers:
    """What the buttons of the scene carry, those of its claim and of the step that waits with them."""
    found = await numbers(office)
    claim = await office.database.read.claims.get(ClaimId(1))
    if claim is not None:
        found = replace(found, claim_version=claim.version)
    kept = await office.database.read.runs.get(RunId(1))
    if kept is None:
        return found
    state = office.services.incidents.read(kept)
    for place, step in enumerate(state.playbook.steps):
        run = state.step_run(step.id)
        if run is None or run.state is not StepState.WAITING:
            continue
        found = replace(found, step=place, attempt=run.attempt)
        if isinstance(step.uses, Approve):
            return replace(found, words=short_versions(letters_of(state, step)))
    return found


COMMANDS: dict[str, dict[str, Action | None]] = {
    "antrean": {"": Action.SEE, " jalan": Action.SEE},
    "cari": {" jalan": Action.SEE},
    "lapor": {"": None},
    "klaim": {"": Action.SEE, " 1": Action.SEE, " baru Air kota beracun": Action.EDIT_CLAIM},
    "templat": {"": Action.SEE, " jalan": Action.SEE, " setujui": Action.APPROVE_TEMPLATE},
    "piket": {
        "": Action.SEE,
        " ganti Pipin besok sampai lusa di medsos": Action.SET_OVERRIDE,
        " cuti Pita besok sampai lusa": Action.SET_OVERRIDE,
    },
    "tukar": {" Pita": Action.SWAP_OWN},
    "status": {"": Action.SEE},
    "laporan": {" 7 hari": Action.READ_REPORTS},
    "krisis": {"": Action.OPEN_INCIDENT, " 1": Action.OPEN_INCIDENT},
    "siaga": {"": Action.OPEN_INCIDENT},
    "latihan": {"": Action.START_DRILL},
    "kunci": {"": Action.LOCK},
    "buka": {"": Action.UNLOCK},
    "bantuan": {"": None},
    "start": {"": None, " rahasia-karangan": None},
    "mulai": {"": None},
}
"""Every command of the application, in the ways that it may be written; None: no member is refused."""
