"""Words that are not the sender's own: a command in them is a citizen's text, and commands nobody."""

from typing import Any

import pytest
from chat_office import TRIAGE_CHAT, Office

from bot.domain.case import CaseId
from bot.domain.people import PersonId
from bot.sandbox import Message
from bot.services.tap import Tap

INLINE = {"id": 9001, "is_bot": True, "first_name": "Gambar", "username": "gambarbot"}


async def locked(office: Office) -> bool:
    return await office.database.read.people.public_lock() is not None


def written(office: Office, text: str) -> Message:
    """What a citizen wrote to somebody of the team, outside of any place that the bot reads."""
    elsewhere = office.world.add_group("Warga Melati", [office.citizen, office.users["kori"]], "left")
    return office.world.say(office.citizen, elsewhere.id, text)


async def forward(office: Office, who: str, text: str, *, in_group: bool = False) -> None:
    user = office.users[who]
    place = office.triage if in_group else user
    office.world.forward(user, place, written(office, text))
    await office.pump()


@pytest.mark.parametrize("in_group", [False, True])
async def test_a_citizens_command_is_not_obeyed_when_a_coordinator_forwards_it(
    office: Office, in_group: bool
) -> None:
    await forward(office, "kori", "/kunci", in_group=in_group)
    assert not await locked(office)


async def test_a_forwarded_unlock_is_no_second_voice(office: Office) -> None:
    kori = office.services.team.directory.people[PersonId("kori")]
    await office.services.team.lock(Tap(kori, 0, 0, "u:kunci", office.clock.now()))
    await office.writes("koko", TRIAGE_CHAT, "/buka")
    await forward(office, "kori", "/buka")
    assert await locked(office), "the second of two is a person, not a forward"
    await office.writes("kori", TRIAGE_CHAT, "/buka")
    assert not await locked(office)


async def test_what_looks_like_a_command_becomes_a_case_like_any_other_message(office: Office) -> None:
    await forward(office, "ani", "/buka")
    case = await office.database.read.cases.get(CaseId(1))
    assert case is not None, "the words of a citizen are brought in, whatever they look like"
    kept = await office.database.read.comments.of_case(case.id)
    assert [one.comment.text for one in kept] == ["/buka"]
    assert len(office.cards()) == 1


async def test_a_forwarded_invitation_makes_nobody_a_member(office: Office) -> None:
    async with office.database.transaction() as tx:
        await tx.people.suspend(PersonId("pena"), "left", office.clock.now())
    secret = await office.services.team.invite(PersonId("pena"), "host")
    invited = office.world.say(office.users["kori"], TRIAGE_CHAT, f"/start {secret}")
    office.world.forward(office.stranger, office.stranger, invited)
    await office.pump()
    held = await office.database.read.people.links(office.stranger.id)
    assert held == []
    assert await office.database.read.cases.get(CaseId(1)) is None, "and the secret is kept nowhere"


PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]


@pytest.mark.parametrize(
    ("text", "extra"),
    [
        ("/kunci", {"via_bot": INLINE}),
        ("lihat ini", {"quote": {"text": "/kunci", "position": 0}}),
        ("/kunci", {"photo": PHOTO}),
    ],
    ids=["by way of another bot", "in a quote", "below a picture"],
)
async def test_only_what_somebody_typed_themselves_is_a_command(
    office: Office, text: str, extra: dict[str, Any]
) -> None:
    office.world.dm(office.users["kori"], text, extra=extra)
    await office.pump()
    assert not await locked(office)
    assert office.last("kori").text.startswith("Pesan ini tidak masuk ke mana-mana"), "and it is said"


async def test_a_message_edited_into_a_command_commands_nothing(office: Office) -> None:
    said = office.world.dm(office.users["kori"], "kunci")
    await office.pump()
    office.world.edit(said, "/kunci")
    await office.pump()
    assert not await locked(office)
