"""In a forum every incident has a topic of its own; without one, or without the right, nothing is lost."""

from chat_office import CRISIS_CHAT, Office

from bot.domain.reply import ApprovalPolicy
from bot.sandbox.model import ADMIN_RIGHTS


async def two_rumours(office: Office) -> None:
    """Opened by hand, in the team's group."""
    for _ in range(2):
        await office.writes("kori", office.triage.id, "/krisis")
        await office.press("kori", office.seen(office.triage.id)[-1], "Hoaks")


async def again(office: Office) -> None:
    """A restart: the same store, other objects."""
    office._build(ApprovalPolicy())
    await office.application.initialize()


async def test_each_incident_stands_in_its_own_topic(office: Office) -> None:
    office.crisis.forum = True
    await two_rumours(office)
    named = {
        m.message_id: m.raw["forum_topic_created"]["name"]
        for m in office.world.messages(CRISIS_CHAT)
        if "forum_topic_created" in m.raw
    }
    assert [name.partition(" ")[0] for name in named.values()] == ["K-1", "K-2"]
    for message in office.seen(CRISIS_CHAT):
        if message.text:
            number = named[message.thread_id or 0].partition(" ")[0]
            assert number in message.text


async def test_a_topic_is_opened_once_also_after_a_restart(office: Office) -> None:
    office.crisis.forum = True
    await two_rumours(office)
    opened = office.crisis.topics.copy()
    await again(office)
    await office.press("pita", office.last("pita"), "Saya tangani")
    assert office.crisis.topics == opened


async def test_an_ordinary_group_and_a_forum_without_the_right_are_spoken_to_as_ever(office: Office) -> None:
    await two_rumours(office)
    assert all(message.thread_id is None for message in office.seen(CRISIS_CHAT))
    rights = frozenset(ADMIN_RIGHTS) - {"can_manage_topics"}
    office.world.promote(office.crisis, office.world.bot, rights)
    office.crisis.forum = True
    await again(office)
    said = len(office.seen(CRISIS_CHAT))
    await two_rumours(office)
    assert len(office.seen(CRISIS_CHAT)) > said
    assert office.crisis.topics == set()


async def test_a_topic_that_somebody_deleted_costs_no_word(office: Office) -> None:
    office.crisis.forum = True
    await two_rumours(office)
    office.crisis.topics.clear()
    said = len(office.seen(CRISIS_CHAT))
    await office.press("pita", office.last("pita"), "Saya tangani")
    later = office.seen(CRISIS_CHAT)[said:]
    assert any("Ditangani" in message.text for message in later)
    assert all(message.thread_id is None for message in later)
