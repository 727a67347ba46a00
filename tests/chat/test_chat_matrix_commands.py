"""Every role, every command of the application, every state: who may not changes nothing and hears why."""

from collections.abc import Iterator

import pytest
from chat_endings import CASE_OF, COMMANDS, DRAFT_OF, EVERY_SCENE
from chat_office import DISCUSSION, TRIAGE_CHAT, Office
from chat_scenes import new
from chat_town import TEAM
from telegram.ext import CommandHandler
from test_chat_matrix import allowed, paged_people, somebody

from bot.chat.words import commands as words
from bot.domain.case import CaseId, CaseStatus
from bot.domain.people import Action, may
from bot.domain.reply import DraftState
from bot.sandbox.model import User

WHO = tuple(who for who in (*TEAM, "stranger", "left") if who != "koko")
"""Each role once; of the two on the rota both, as only one of them is on duty."""
GREETINGS = 3
"""How often a stranger is greeted within an hour."""


def forms(who: str, paged: set[str]) -> Iterator[str]:
    """What somebody may not do, and what nobody is refused and nothing comes of."""
    for name, ways in COMMANDS.items():
        for more, needs in ways.items():
            # Words behind an outsider's command are a citizen's message: see test_chat_matrix.
            if who not in TEAM and more and name != "start":
                continue
            if needs is None or not permitted(who, needs, paged):
                yield f"/{name}{more}"


def permitted(who: str, needs: Action, paged: set[str]) -> bool:
    """A report of a period holds no more than the own work of whoever may read no other."""
    reads_own = needs is Action.READ_REPORTS and who in TEAM and may({TEAM[who][1]}, needs, own=True)
    return reads_own or allowed(who, needs, paged)


def test_the_table_names_every_command_of_the_application(office: Office) -> None:
    """Asked of the application itself, so that a new one cannot be forgotten."""
    handled = {
        str(command)
        for group in office.application.handlers.values()
        for handler in group
        if isinstance(handler, CommandHandler)
        for command in handler.commands
    }
    assert set(COMMANDS) == handled
    assert {one.name for one in (*words.COMMANDS, *words.FOR_CITIZENS)} <= handled


@pytest.mark.parametrize("scene", EVERY_SCENE)
async def test_a_forbidden_command_changes_nothing_in_any_state_and_is_answered(
    office: Office, scene: str
) -> None:
    await EVERY_SCENE[scene](office)
    paged = await paged_people(office)
    locked = await office.database.read.people.public_lock() is not None
    for who in WHO:
        user = await somebody(office, who)
        before, greeted = office.state(), 0
        for command in forms(who, paged):
            greeting = who not in TEAM and " " not in command
            silent = (locked and who not in TEAM) or (greeting and greeted >= GREETINGS)
            greeted += greeting
            await write(office, user, command, answers=0 if silent else 1)
        if office.state() != before:
            guilty = [command for command in forms(who, paged) if await changes(office, user, command)]
            raise AssertionError(f"{who} changed something by one of {guilty or [*forms(who, paged)]}")
    assert office.refusals() == []


async def write(office: Office, user: User, command: str, answers: int = 1) -> None:
    """`answers`: none where /kunci keeps every word from citizens, or where they are greeted already."""
    heard = len(office.seen(user.id))
    office.world.dm(user, command)
    await office.pump()
    said = office.seen(user.id)[heard:]
    assert len(said) == answers, f"{user.first_name} wrote {command} and heard {len(said)} answers"
    assert not any("mawar" in one.text.lower() for one in said), "nothing of a case is told"


async def changes(office: Office, user: User, command: str) -> bool:
    """Whether it still does when it is written again."""
    before = office.state()
    office.world.dm(user, command)
    await office.pump()
    return office.state() != before


@pytest.mark.parametrize("who", TEAM)
async def test_allowed_commands_are_answered_in_place(office: Office, who: str) -> None:
    await new(office)
    for name, ways in COMMANDS.items():
        for more, needs in ways.items():
            if needs is not None and permitted(who, needs, set()):
                answer = await office.writes(who, TRIAGE_CHAT, f"/{name}{more}")
                assert answer.text or answer.raw.get("document"), name
    assert office.refusals() == []


async def test_commands_in_public_are_nobodys(office: Office) -> None:
    await new(office)
    said, before = len(office.seen(DISCUSSION)), office.state()
    for name, ways in COMMANDS.items():
        for more in ways:
            office.world.say(office.users["kori"], DISCUSSION, f"/{name}{more}")
    await office.pump()
    assert len(office.seen(DISCUSSION)) == said
    assert office.state() == before


@pytest.mark.parametrize("scene", EVERY_SCENE)
async def test_the_scenes_are_what_they_say(office: Office, scene: str) -> None:
    await EVERY_SCENE[scene](office)
    case = await office.database.read.cases.get(CaseId(1))
    draft = await office.database.read.drafts.last(CaseId(1))
    if scene in CASE_OF:
        assert case is not None
        assert case.status is CASE_OF[scene]
    if scene in DRAFT_OF:
        assert draft is not None
        assert draft.state is DRAFT_OF[scene]
    assert office.refusals() == [] or scene == "unsure"


def test_the_scenes_meet_every_state_of_a_case_and_of_a_draft() -> None:
    assert set(DRAFT_OF.values()) == set(DraftState)
    unreached = {CaseStatus.MERGED}
    """Nothing sets it: who asks the same joins a cluster and keeps a case of the own."""
    assert set(CASE_OF.values()) == set(CaseStatus) - unreached
    assert set(DRAFT_OF) | set(CASE_OF) <= set(EVERY_SCENE)


def test_the_table_asks_for_every_right_that_a_command_can_need() -> None:
    needed = {needs for ways in COMMANDS.values() for needs in ways.values()}
    assert {one.needs for one in words.COMMANDS} <= needed
    assert Action.APPROVE_TEMPLATE in needed
