"""A real python-telegram-bot client over real HTTP: everything parses, nothing is invented."""

import asyncio

import pytest
import telegram
from telegram import ChatMemberAdministrator, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot.sandbox import Sandbox, Scenery, media


async def next_updates(bot: telegram.Bot) -> list[Update]:
    found = await bot.get_updates(timeout=1, allowed_updates=Update.ALL_TYPES)
    if found:
        await bot.get_updates(offset=found[-1].update_id + 1, timeout=0)
    return list(found)


async def test_a_card_is_sent_edited_and_pressed(bot: telegram.Bot, sandbox: Sandbox, scene: Scenery) -> None:
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("✋ Ambil", callback_data="a:1", style="success")]])
    sent = await bot.send_message(scene.triage.id, "<b>Kasus</b> 🙂 <i>baru</i>", "HTML", reply_markup=keys)
    assert sent.text == "Kasus 🙂 baru"
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [("bold", 0, 5), ("italic", 9, 4)]
    assert sent.parse_entity(sent.entities[1]) == "baru"

    press = sandbox.world.press(scene.officer, sandbox.world.messages(scene.triage.id)[-1], "Ambil")
    [update] = await next_updates(bot)
    assert update.callback_query is not None
    assert update.callback_query.data == "a:1"
    assert update.callback_query.from_user.id == scene.officer.id
    await bot.answer_callback_query(update.callback_query.id, "Kasus ini milik Anda.", show_alert=True)
    assert (press.text, press.alert) == ("Kasus ini milik Anda.", True)

    edited = await bot.edit_message_text("Diambil", scene.triage.id, sent.message_id)
    assert isinstance(edited, telegram.Message)
    assert edited.edit_date is not None
    shown = sandbox.world.messages(scene.triage.id)[-1]
    assert (shown.text, shown.buttons, shown.versions) == ("Diambil", [], ["Kasus 🙂 baru"])


async def test_a_comment_carries_its_thread(bot: telegram.Bot, sandbox: Sandbox, scene: Scenery) -> None:
    post = sandbox.world.publish(scene.channel, "Pemadaman air besok pagi.")
    comment = sandbox.world.comment(post, scene.citizens[0], "Jam berapa mulainya?")
    nested = sandbox.world.comment(post, scene.citizens[1], "Saya juga ingin tahu", reply_to=comment)
    forward, first, second = await next_updates(bot)
    assert forward.message is not None
    assert forward.message.is_automatic_forward
    assert forward.message.from_user is not None
    assert forward.message.from_user.id == 777000
    assert isinstance(forward.message.forward_origin, telegram.MessageOriginChannel)
    assert forward.message.forward_origin.message_id == post.message_id
    assert first.message is not None
    assert first.message.message_thread_id == forward.message.message_id
    assert first.message.reply_to_message is not None
    assert first.message.reply_to_message.message_id == forward.message.message_id
    assert second.message is not None
    assert second.message.message_thread_id == forward.message.message_id
    assert nested.reply_to == comment.message_id

    sandbox.world.edit(comment, "Jam berapa selesainya?")
    [edit] = await next_updates(bot)
    assert edit.edited_message is not None
    assert edit.edited_message.text == "Jam berapa selesainya?"

    reply = await bot.send_message(
        scene.discussion.id, "Pukul 08.00.", reply_parameters=telegram.ReplyParameters(comment.message_id)
    )
    assert reply.message_thread_id == forward.message.message_id


async def test_senders_that_are_not_people(bot: telegram.Bot, sandbox: Sandbox, scene: Scenery) -> None:
    world = sandbox.world
    world.promote(scene.discussion, scene.officer, anonymous=True)
    world.say(scene.officer, scene.discussion, "atas nama grup")
    world.say(scene.citizens[0], scene.discussion, "atas nama kanal", as_chat=scene.channel)
    messages = [u.message for u in await next_updates(bot) if u.message is not None and u.message.text]
    anonymous, as_channel = messages
    assert anonymous.from_user is not None
    assert anonymous.sender_chat is not None
    assert (anonymous.from_user.id, anonymous.sender_chat.id) == (1087968824, scene.discussion.id)
    assert as_channel.from_user is not None
    assert as_channel.from_user.id == 136817688
    press = world.press_raw(scene.officer, scene.discussion, 1, "x")
    assert press.user_id == scene.officer.id


async def test_old_messages_are_inaccessible(bot: telegram.Bot, sandbox: Sandbox, scene: Scenery) -> None:
    sandbox.world.press_raw(scene.officer, scene.triage, 999, "palsu")
    [update] = await next_updates(bot)
    assert update.callback_query is not None
    # The library takes it for a Message; only its date (0) and the missing text tell.
    assert isinstance(update.callback_query.message, telegram.Message)
    assert update.callback_query.message.date == telegram.constants.ZERO_DATE
    assert update.callback_query.message.text is None


async def test_members_chats_and_media_parse(bot: telegram.Bot, sandbox: Sandbox, scene: Scenery) -> None:
    member = await bot.get_chat_member(scene.triage.id, bot.id)
    assert isinstance(member, ChatMemberAdministrator)
    assert member.can_delete_messages
    assert await bot.get_chat_member_count(scene.triage.id) == 4
    admins = await bot.get_chat_administrators(scene.triage.id)
    assert [a.user.id for a in admins] == [bot.id]
    chat = await bot.get_chat(scene.discussion.id)
    assert chat.linked_chat_id == scene.channel.id
    for kind in ("photo", "document", "voice", "video", "sticker"):
        sandbox.world.dm(scene.citizens[0], "" if kind == "sticker" else "lihat", extra=media(kind))
    updates = await next_updates(bot)
    assert [bool(telegram.helpers.effective_message_type(u)) for u in updates] == [True] * 5


async def test_blocking_leaving_and_restricting(bot: telegram.Bot, sandbox: Sandbox, scene: Scenery) -> None:
    await bot.get_updates(timeout=0, allowed_updates=Update.ALL_TYPES)
    sandbox.world.block(scene.on_call)
    sandbox.world.leave(scene.triage, scene.officer)
    until = sandbox.world.timestamp + 3600
    permissions = telegram.ChatPermissions.no_permissions()
    await bot.restrict_chat_member(scene.discussion.id, scene.citizens[0].id, permissions, until_date=until)
    updates = await next_updates(bot)
    assert [u.my_chat_member.new_chat_member.status for u in updates if u.my_chat_member] == ["kicked"]
    assert [u.chat_member.new_chat_member.status for u in updates if u.chat_member] == ["left", "restricted"]
    assert [bool(u.message.left_chat_member) for u in updates if u.message] == [True]
    with pytest.raises(PermissionError):
        sandbox.world.say(scene.citizens[0], scene.discussion, "halo")


async def test_files_go_up_and_down(bot: telegram.Bot, scene: Scenery) -> None:
    sent = await bot.send_document(
        scene.coordinator.id, b"a,b\n1,2\n", filename="laporan.csv", caption="Laporan"
    )
    assert sent.document is not None
    assert (sent.document.file_name, sent.caption) == ("laporan.csv", "Laporan")
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"a,b\n1,2\n"
    photo = await bot.send_photo(scene.coordinator.id, b"\x89PNG rest")
    assert photo.photo[0].file_size == 9


async def test_forward_copy_pin_react_delete(bot: telegram.Bot, sandbox: Sandbox, scene: Scenery) -> None:
    comment = sandbox.world.comment(scene.posts[0], scene.citizens[2], "Bagus sekali")
    forwarded = await bot.forward_message(scene.triage.id, scene.discussion.id, comment.message_id)
    assert isinstance(forwarded.forward_origin, telegram.MessageOriginUser)
    assert forwarded.forward_origin.sender_user.id == scene.citizens[2].id
    copied = await bot.copy_message(scene.triage.id, scene.discussion.id, comment.message_id)
    await bot.pin_chat_message(scene.triage.id, copied.message_id)
    assert scene.triage.pinned == [copied.message_id]
    await bot.unpin_chat_message(scene.triage.id)
    await bot.set_message_reaction(scene.discussion.id, comment.message_id, "🙏")
    assert comment.reactions[bot.id] == [{"type": "emoji", "emoji": "🙏"}]
    await bot.delete_messages(scene.triage.id, [copied.message_id, 424242])
    assert scene.triage.messages[copied.message_id].deleted


async def test_menus_and_prompts(bot: telegram.Bot, sandbox: Sandbox, scene: Scenery) -> None:
    scope = telegram.BotCommandScopeChat(scene.triage.id)
    await bot.set_my_commands([("antrean", "Kasus yang menunggu")], scope=scope)
    assert [c.command for c in await bot.get_my_commands(scope=scope)] == ["antrean"]
    assert await bot.get_my_commands() == ()
    await bot.set_my_description("Bot humas")
    assert (await bot.get_my_description()).description == "Bot humas"
    await bot.send_message(
        scene.coordinator.id, "Catatan?", reply_markup=ForceReply(input_field_placeholder="Catatan")
    )
    assert sandbox.world.messages(scene.coordinator.id)[-1].prompt == {
        "force_reply": True,
        "input_field_placeholder": "Catatan",
    }


async def test_a_whole_application_answers(sandbox: Sandbox, scene: Scenery, url: str) -> None:
    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_message is not None
        await update.effective_message.reply_text(f"Gema: {update.effective_message.text}", do_quote=True)

    app = Application.builder().token(sandbox.token).base_url(f"{url}/bot").build()
    app.add_handler(MessageHandler(filters.ALL, echo))
    async with app:
        assert app.updater is not None
        await app.updater.start_polling(poll_interval=0)
        await app.start()
        said = sandbox.world.dm(scene.citizens[0], "halo")
        await sandbox.world.until(lambda: len(sandbox.world.messages(scene.citizens[0].id)) == 2)
        answer = sandbox.world.messages(scene.citizens[0].id)[-1]
        assert (answer.text, answer.reply_to) == ("Gema: halo", said.message_id)
        await app.updater.stop()
        await app.stop()
    await asyncio.sleep(0)
