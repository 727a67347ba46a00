"""Every role, every button and command, every state: what the permission table forbids changes nothing."""

from dataclasses import replace
from typing import get_args

import pytest
from chat_endings import EVERY_SCENE, every_number
from chat_office import DISCUSSION, TRIAGE_CHAT, Office
from chat_scenes import Numbers, every_press, new, numbers, waiting
from chat_town import TEAM

from bot.chat import actions as do
from bot.chat.actions import Action as Button
from bot.chat.actions import OnCase, OnDraft, OnRun
from bot.chat.claim_actions import OnClaim
from bot.chat.moderation_actions import OnMeasure
from bot.chat.packing import pack
from bot.chat.step_actions import OnStep
from bot.domain.case import CaseId, Panel
from bot.domain.people import Action, Role, may
from bot.domain.reply import DraftState
from bot.sandbox.model import Press, User

ON_DUTY = {"pita"}
OUTSIDERS = ("stranger", "citizen", "left")


async def paged_people(office: Office) -> set[str]:
    """Whom the incident of the scene has called."""
    run = await office.database.read.runs.get(1)  # type: ignore[arg-type]  # the first run
    if run is None:
        return set()
    return {str(called.person) for called in office.services.incidents.read(run).called}


def allowed(who: str, action: Action, paged: set[str]) -> bool:
    if who not in TEAM:
        return False
    return may({TEAM[who][1]}, action, on_duty=who in ON_DUTY, paged=who in paged)


FOR_THE_NAMED = (
    OnDraft, do.TakeCase, do.ReleaseCase, do.SnoozeCase, do.CloseCase, do.WithdrawDraft, do.AnswerPrivately,
    do.UseTemplate, do.WriteReply,
)  # fmt: skip
"""Where a life is at risk, the table does not decide these."""
PANELS_OF_ALL = {Panel.LABEL, Panel.ESCALATE, Panel.CLUSTER}


async def named_people(office: Office) -> set[str] | None:
    """Who may answer somebody at risk; None where the table decides alone."""
    case = await office.database.read.cases.get(CaseId(1))
    if case is None or not case.sensitive:
        return None
    return {str(person) for person in await office.database.read.cases.companions(case.id)}


def permitted(who: str, press: Button, needs: Action, paged: set[str], named: set[str] | None) -> bool:
    panel = isinstance(press, do.OpenPanel) and press.panel not in PANELS_OF_ALL
    if named is not None and (panel or isinstance(press, FOR_THE_NAMED)):
        return who in named
    return allowed(who, needs, paged)


async def somebody(office: Office, who: str) -> User:
    if who == "left":
        office.world.leave(office.triage, office.users["nara"])
        await office.pump()
        return office.users["nara"]
    return {"stranger": office.stranger, "citizen": office.citizen}.get(who) or office.users[who]


def is_answered(press: Press) -> bool:
    return press.answers == 1 and bool(press.text)


async def press_all(office: Office, who: str, presses: list[str], chat: int = TRIAGE_CHAT) -> None:
    """Presses each on the newest message of the chat; nothing may change and each must be answered."""
    user = await somebody(office, who)
    message = office.world.messages(chat)[-1].message_id
    before = office.state()
    for data in presses:
        press = await office.press_raw(user, chat, message, data)
        assert is_answered(press), f"{who} pressed {data} and heard nothing"
    if office.state() != before:
        culprit = await _culprit(office, user, chat, message, presses)
        raise AssertionError(f"{who} changed something by one of {culprit or presses}")


async def _culprit(office: Office, user: User, chat: int, message: int, presses: list[str]) -> list[str]:
    """The presses that still change something when done again."""
    found = []
    for data in presses:
        before = office.state()
        await office.press_raw(user, chat, message, data)
        if office.state() != before:
            found.append(data)
    return found


@pytest.mark.parametrize("scene", EVERY_SCENE)
async def test_what_the_table_forbids_changes_nothing_and_is_answered(office: Office, scene: str) -> None:
    await EVERY_SCENE[scene](office)
    table = every_press(await every_number(office))
    paged, named = await paged_people(office), await named_people(office)
    for who in (*TEAM, *OUTSIDERS):
        forbidden = [pack(a) for a, needs in table if not permitted(who, a, needs, paged, named)]
        assert who in {"kori", "koko", "pita"} or len(forbidden) > 1
        await press_all(office, who, forbidden)
    assert office.refusals() == []


@pytest.mark.parametrize("scene", EVERY_SCENE)
async def test_old_foreign_and_garbled_presses_of_a_coordinator_change_nothing(
    office: Office, scene: str
) -> None:
    """Kori may nearly everything: only the press itself is wrong."""
    await EVERY_SCENE[scene](office)
    now = await every_number(office)
    versions = replace(
        now,
        case_version=now.case_version + 7,
        draft_version=now.draft_version + 7,
        epoch=now.epoch + 7,
        measure_version=now.measure_version + 7,
        claim_version=now.claim_version + 7,
        attempt=now.attempt + 7,
        lock=now.lock + 7,
    )
    elsewhere = replace(now, case=77, draft=77, run=77, rows=(77_000,))
    bound = (OnCase, OnDraft, OnRun, OnStep, OnClaim, OnMeasure, do.Unlock)
    future = [pack(a) for a, _ in every_press(versions) if isinstance(a, bound)]
    past = [pack(replace(a, **{_clock_of(a): 0})) for a, _ in every_press(now) if isinstance(a, bound)]
    unknown = [pack(a) for a, _ in every_press(elsewhere) if isinstance(a, (OnCase, OnDraft, OnRun, OnStep))]
    future, past = ([one for one in of if not one.startswith(AGELESS)] for of in (future, past))
    await press_all(office, "kori", [*future, *past, *unknown, *GARBLED])
    await press_all(office, "kori", [pack(a) for a, _ in every_press(now)], DISCUSSION)


AGELESS = ("kt:", "kl:", "kj:", "kd:")
"""Of a claim: another set of its buttons, and what names one comment. They mean the same at any age."""


def _clock_of(action: object) -> str:
    """The field that says how old the button is."""
    if isinstance(action, OnStep | do.Unlock):
        return "attempt" if isinstance(action, OnStep) else "since"
    return "epoch" if isinstance(action, OnRun) else "version"


GARBLED = [
    "",
    "ct",
    "ct:1",
    "ct:1:x",
    "zz:1:1",
    "ct:1:1:1",
    "cp:1:1:rm",
    f"ct:{'9' * 50}:1",
    "../..",
    "🔥" * 10,
]


@pytest.mark.parametrize("who", ["stranger", "left"])
async def test_words_behind_an_outsiders_command_are_heard_as_a_citizens(office: Office, who: str) -> None:
    await waiting(office)
    user = await somebody(office, who)
    cases = (await office.database.read.cases.counts()).copy()
    office.world.dm(user, "/cari jalan di depan pasar rusak")
    await office.pump()
    after = await office.database.read.cases.counts()
    assert sum(after.values()) == sum(cases.values()) + 1
    assert all("Ratna" not in message.text for message in office.seen(user.id)), "nothing of a case is told"


async def test_every_refused_press_stands_in_the_journal(office: Office) -> None:
    await new(office)
    card = office.cards()[-1]
    await office.press("pima", card, "Ambil")
    await office.press_raw(office.stranger, TRIAGE_CHAT, card.message_id, "ct:1:1")
    await office.press_raw(office.users["ani"], TRIAGE_CHAT, card.message_id, "nonsense")
    entries = [
        (entry["actor"], entry["action"])
        for subject in ("case:1", "button")
        for entry in await office.database.read.journal.about(subject)
        if entry["action"] == "denied"
    ]
    stranger = await office.database.read.journal.pseudonym(f"tg:{office.stranger.id}")
    assert entries == [("pima", "denied"), (stranger, "denied"), ("ani", "denied")]


async def test_nobody_approves_the_own_words(office: Office) -> None:
    await new(office)
    card = office.cards()[-1]
    for button in ("Ambil", "Balas", "Laporan diterima", "akan disurvei", "Ajukan"):
        await office.press("kori", card, button)
    before = office.state()
    now = await numbers(office)
    asked = office.last("koko")
    press = await office.press_raw(
        office.users["kori"], TRIAGE_CHAT, card.message_id, f"dy:{now.draft}:{now.draft_version}"
    )
    assert press.alert
    assert press.text == "Kata-kata sendiri disetujui orang lain. Tunggu koordinator yang lain, ya."
    assert office.state() == before
    await office.press("koko", asked, "Setujui")
    assert office.cards()[-1].text.startswith("✅ #1 · Dijawab")


async def test_the_same_press_delivered_twice_acts_once(office: Office) -> None:
    office.twice = True
    card = await office.comment("Jalan Mawar rusak parah")
    for button in ("Ambil", "Balas", "Laporan diterima", "akan disurvei", "Ajukan"):
        await office.press("ani", card, button)
    await office.press("kori", office.last("kori"), "Setujui")
    assert len(office.seen(DISCUSSION)) == 1
    assert office.cards()[-1].text.startswith("✅ #1 · Dijawab")
    await office.comment("katanya bansos dihapus, sebarkan", office.stranger)
    await office.press("pita", office.last("pita"), "Saya tangani")
    await office.writes("ani", TRIAGE_CHAT, "/kunci")
    await office.writes("kori", TRIAGE_CHAT, "/buka")
    assert await office.database.read.people.public_lock() is not None, "one person twice is not two"


def test_the_table_of_presses_covers_every_button() -> None:
    assert {type(action) for action, _ in every_press(Numbers())} >= set(get_args(Button))


@pytest.mark.parametrize("scene", ["sensitive", "caring", "caring_waits"])
async def test_the_scenes_of_a_life_at_risk_are_what_they_say(office: Office, scene: str) -> None:
    await EVERY_SCENE[scene](office)
    assert await named_people(office) == {"kori", "pita"}
    draft = await office.database.read.drafts.last(CaseId(1))
    states = {"caring": DraftState.WRITING, "caring_waits": DraftState.WAITING}
    assert (draft.private and draft.state if draft is not None else None) == states.get(scene)
    if draft is not None:
        assert draft.text == "Kami di sini bersamamu."


def test_the_scenes_meet_every_role() -> None:
    assert {role for _, role in TEAM.values()} == set(Role)
