"""In a forum every incident has a topic of its own; without one, or without the right, nothing is lost."""

from chat_office import CRISIS_CHAT, TRIAGE_CHAT, Office

from bot.chat.words.commands import OPEN_ANOTHER
from bot.domain.reply import ApprovalPolicy
from bot.sandbox.model import ADMIN_RIGHTS


async def two_rumours(office: Office) -> None:
    """Opened by hand, in the team's group; where one of the kind goes on, the bot asks once."""
    for _ in range(2):
        await office.writes("kori", office.triage.id, "/krisis")
        await office.press("kori", office.seen(office.triage.id)[-1], "Hoaks")
        asked = office.seen(office.triage.id)[-1]
        if any(OPEN_ANOTHER in button["text"] for button in asked.buttons):
            await office.press("kori", asked, OPEN_ANOTHER)


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


async def topic_of(office: Office, label: str) -> int:
    """A topic of the team's group for this label, known from the next start on."""
    office.triage.forum = True
    opened = await office.bot.create_forum_topic(TRIAGE_CHAT, label)
    office.topics[label] = opened.message_thread_id
    return opened.message_thread_id


async def test_the_cards_of_a_label_stand_in_its_topic_and_all_else_in_the_group(office: Office) -> None:
    hoaxes = await topic_of(office, "hoax")
    await again(office)
    rumour = await office.comment("katanya bansos dihapus, sebarkan", office.stranger)
    road = await office.comment("Jalan Mawar rusak parah")
    found = {m.message_id: m.thread_id for m in office.cards()}
    assert hoaxes in found.values()
    assert found[road.message_id] is None
    in_topic = next(m for m in office.cards() if m.thread_id == hoaxes)
    await office.press("ani", in_topic, "Ambil")
    assert "ditangani Ani" in in_topic.text
    assert in_topic.thread_id == hoaxes
    assert rumour.text


async def test_somebody_at_risk_stands_in_no_topic(office: Office) -> None:
    await topic_of(office, "emergency")
    await again(office)
    await office.comment("rasanya aku mau bunuh diri saja", office.stranger)
    assert all(m.thread_id is None for m in office.cards())


async def test_a_topic_that_is_not_there_keeps_no_card_back(office: Office) -> None:
    office.topics["hoax"] = 9_999
    office.triage.forum = True
    await again(office)
    await office.comment("katanya bansos dihapus, sebarkan", office.stranger)
    assert any("bansos" in m.text and m.thread_id is None for m in office.cards())
    before = len(office.calls)
    await office.comment("katanya bansos dihapus, ini buktinya", office.citizen)
    assert not any(call.code != 200 for call in list(office.calls)[before:])
