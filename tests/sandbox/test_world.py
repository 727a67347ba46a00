"""The world behind the API: who may write where, what comes of it, who is told."""

import pytest

from bot.clock import FakeClock
from bot.sandbox import Kind, Member, Sandbox, Scenery, Status, media


def kinds(sandbox: Sandbox) -> list[str]:
    return [kind for update in sandbox.world.updates.peek() for kind in update if kind != "update_id"]


def test_who_may_write_where(sandbox: Sandbox, scene: Scenery) -> None:
    world = sandbox.world
    stranger = world.add_user("Tamu")
    world.comment(scene.posts[0], stranger, "orang luar boleh berkomentar")
    with pytest.raises(PermissionError, match="may not write in Triase Humas"):
        world.say(stranger, scene.triage, "tidak boleh")
    with pytest.raises(PermissionError, match="no administrator"):
        world.say(stranger, scene.channel, "tidak boleh")
    with pytest.raises(PermissionError, match="private chat"):
        world.say(stranger, scene.coordinator, "bukan obrolan saya")
    world.set_member(scene.discussion, stranger, Member(Status.KICKED))
    with pytest.raises(PermissionError):
        world.comment(scene.posts[0], stranger, "sudah dikeluarkan")


def test_writing_to_the_bot_opens_its_door(sandbox: Sandbox, scene: Scenery) -> None:
    citizen = scene.citizens[0]
    assert not citizen.started
    started = sandbox.world.start(citizen, "abc_123")
    assert citizen.started
    assert started.raw["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    sandbox.world.block(citizen)
    sandbox.world.block(citizen)
    sandbox.world.dm(citizen, "kembali")
    assert not citizen.blocked
    assert kinds(sandbox) == ["message", "my_chat_member", "message"]


def test_plain_replies_in_a_group_carry_a_thread_id_too(sandbox: Sandbox, scene: Scenery) -> None:
    first = sandbox.world.say(scene.officer, scene.triage, "satu")
    second = sandbox.world.say(scene.on_call, scene.triage, "dua", reply_to=first)
    third = sandbox.world.say(scene.officer, scene.triage, "tiga", reply_to=second)
    assert (second.thread_id, third.thread_id) == (first.message_id, first.message_id)
    assert "is_topic_message" not in third.raw
    assert "reply_to_message" not in third.raw["reply_to_message"]


def test_an_edited_post_changes_its_forward(sandbox: Sandbox, scene: Scenery) -> None:
    sandbox.world.edit(scene.posts[0], "Ditunda ke hari Selasa. https://lapor.go.id")
    thread = sandbox.world.thread_of(scene.posts[0])
    assert thread.text == "Ditunda ke hari Selasa. https://lapor.go.id"
    assert thread.raw["entities"] == [{"type": "url", "offset": 24, "length": 19}]
    assert thread.edited
    assert kinds(sandbox) == ["edited_message"]


def test_an_update_shows_the_message_as_it_was(sandbox: Sandbox, scene: Scenery) -> None:
    said = sandbox.world.dm(scene.citizens[0], "awal")
    sandbox.world.edit(said, "akhir")
    first, second = sandbox.world.updates.peek()
    assert (first["message"]["text"], second["edited_message"]["text"]) == ("awal", "akhir")
    assert said.versions == ["awal"]


def test_where_forwards_come_from(sandbox: Sandbox, scene: Scenery) -> None:
    world = sandbox.world
    comment = world.comment(scene.posts[0], scene.citizens[0], "Tolong dicek")
    as_channel = world.say(scene.citizens[0], scene.discussion, "kami", as_chat=scene.channel)
    origins = [
        world.forward(scene.officer, scene.triage, one, hidden=hidden).raw["forward_origin"]
        for one, hidden in ((comment, False), (comment, True), (as_channel, False), (scene.posts[0], False))
    ]
    assert [origin["type"] for origin in origins] == ["user", "hidden_user", "chat", "channel"]
    assert origins[1]["sender_user_name"] == "Ratna"
    assert "sender_user" not in origins[1]
    assert origins[3]["message_id"] == scene.posts[0].message_id
    again = world.forward(scene.on_call, scene.triage, world.messages(scene.triage.id)[0])
    assert again.raw["forward_origin"] == origins[0]


def test_media_reactions_and_deletions(sandbox: Sandbox, scene: Scenery) -> None:
    world = sandbox.world
    photo = world.comment(scene.posts[0], scene.citizens[0], "Lubang @humas", extra=media("photo"))
    assert (photo.text, photo.raw["caption_entities"][0]["type"]) == ("Lubang @humas", "mention")
    world.edit(photo, "Lubang besar")
    assert photo.raw["caption"] == "Lubang besar"
    world.updates.allow(["message_reaction"])
    world.react(scene.citizens[1], photo, "👍")
    world.react(scene.citizens[1], photo)
    changes = [u["message_reaction"] for u in world.updates.peek() if "message_reaction" in u]
    assert [(len(c["old_reaction"]), len(c["new_reaction"])) for c in changes] == [(0, 1), (1, 0)]
    made = world.updates.made
    world.delete(photo)
    assert world.updates.made == made
    with pytest.raises(LookupError):
        world.message(scene.discussion.id, photo.message_id)


def test_a_group_that_becomes_a_supergroup(sandbox: Sandbox, scene: Scenery) -> None:
    group = sandbox.world.add_group("Lama", [scene.officer], kind=Kind.GROUP)
    moved = sandbox.world.migrate(group)
    away, here = [u["message"] for u in sandbox.world.updates.peek()]
    assert (away["chat"]["id"], away["migrate_to_chat_id"]) == (group.id, moved.id)
    assert (here["chat"]["id"], here["migrate_from_chat_id"]) == (moved.id, group.id)
    assert moved.member(scene.officer.id).present


def test_presses_need_a_real_button_unless_forged(sandbox: Sandbox, scene: Scenery) -> None:
    message = sandbox.world.say(scene.officer, scene.triage, "tanpa tombol")
    with pytest.raises(LookupError, match="no button 'Ambil'"):
        sandbox.world.press(scene.officer, message, "Ambil")
    sandbox.world.press_raw(scene.officer, scene.triage, message.message_id, "palsu")
    sandbox.world.press_raw(scene.officer, scene.triage, message.message_id, "usang", too_old=True)
    forged, stale = [u["callback_query"] for u in sandbox.world.updates.peek() if "callback_query" in u]
    assert (forged["data"], forged["message"]["text"]) == ("palsu", "tanpa tombol")
    assert (stale["message"]["date"], "text" in stale["message"]) == (0, False)
    assert forged["from"]["id"] == scene.officer.id


async def test_waiting_ends_in_time(sandbox: Sandbox, scene: Scenery, clock: FakeClock) -> None:
    with pytest.raises(TimeoutError):
        await sandbox.world.until(lambda: False, seconds=0.05)
    seen: list[str] = []
    stop = sandbox.world.listen(lambda change: seen.append(change["kind"]))
    sandbox.world.say(scene.officer, scene.triage, "halo")
    stop()
    sandbox.world.say(scene.officer, scene.triage, "lagi")
    assert seen == ["message"]
    await sandbox.world.until(lambda: len(sandbox.world.messages(scene.triage.id)) == 2)
