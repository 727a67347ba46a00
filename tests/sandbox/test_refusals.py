"""Each refusal in Telegram's own words, so that a bot that passes here is not surprised there."""

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from bot.clock import FakeClock
from bot.sandbox import Kind, Member, Sandbox, Scenery, Status

Call = Callable[..., Awaitable[dict[str, Any]]]

HTML = [
    ("<b>tebal", 'Can\'t find end tag corresponding to start tag "b"'),
    ("é<b>x</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
    ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ("<b", "Unclosed start tag at byte offset 0"),
    ("<a href='x", 'Unclosed start tag "a" at byte offset 0'),
    ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
    ("<b>x</b y", "Unclosed end tag at byte offset 4"),
    ('<span class="red">x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("<a href=a/b>x</a>", "Unexpected end of name token at byte offset 8"),
]
MARKUPS = [
    ({"inline_keyboard": [[{"text": "x", "callback_data": "é" * 33}]]}, "BUTTON_DATA_INVALID"),
    ({"inline_keyboard": [[{"text": "x", "callback_data": ""}]]}, "BUTTON_DATA_INVALID"),
    ({"inline_keyboard": [[{"text": "x"}]]}, "Text buttons are unallowed in the inline keyboard"),
    ({"inline_keyboard": [[{"text": " ", "url": "https://example.org"}]]}, "text must be non-empty"),
    ({"inline_keyboard": [[{"text": "x", "url": "javascript:alert(1)"}]]}, "is invalid: Wrong HTTP URL"),
    ({"inline_keyboard": [[{"text": "x", "url": "ftp://a.org"}]]}, "Unsupported URL protocol"),
    ({"inline_keyboard": [[{"text": "x", "url": "https://"}]]}, "URL host is empty"),
    ({"inline_keyboard": [[{"text": "x", "callback_data": "1", "colour": "red"}]]}, 'unknown field "colour"'),
    ({"inline_keyboard": [[{"text": "x", "callback_data": "1", "style": "red"}]]}, "invalid button style"),
    ({"inline_keyboard": [[{"text": "x", "callback_data": "1", "pay": True}]]}, "exactly one action"),
    ({"inline_keyboard": [[{"text": "x", "callback_data": "1"}]] * 101}, "reply markup is too long"),
    ({"keyboard": [[{"text": ""}]]}, "keyboard button text must be non-empty"),
    ({"force_reply": True, "input_field_placeholder": "x" * 65}, "PLACEHOLDER_TOO_LONG"),
    ({"buttons": []}, "can't parse"),
]


@pytest.mark.parametrize(("source", "complaint"), HTML)
async def test_broken_html(call: Call, scene: Scenery, source: str, complaint: str) -> None:
    answer = await call("sendMessage", chat_id=scene.triage.id, text=source, parse_mode="HTML")
    assert (answer["error_code"], answer["description"]) == (
        400,
        f"Bad Request: can't parse entities: {complaint}",
    )


@pytest.mark.parametrize(("markup", "complaint"), MARKUPS)
async def test_broken_markup(call: Call, scene: Scenery, markup: dict[str, Any], complaint: str) -> None:
    answer = await call("sendMessage", chat_id=scene.triage.id, text="x", reply_markup=markup)
    assert answer["error_code"] == 400
    assert complaint in answer["description"]


@pytest.mark.parametrize(
    ("method", "args", "description"),
    [
        ("sendMessage", {"text": "x"}, "Bad Request: chat_id is empty"),
        ("sendMessage", {"chat_id": -1001000000003}, "Bad Request: message text is empty"),
        ("sendMessage", {"chat_id": -1001000000003, "text": " \n"}, "Bad Request: text must be non-empty"),
        ("sendMessage", {"chat_id": -1001000000003, "text": "x" * 4097}, "Bad Request: message is too long"),
        ("sendMessage", {"chat_id": -1001000000003, "text": "\ud800"}, "text must be encoded in UTF-8"),
        ("sendMessage", {"chat_id": -1001000000003, "text": "x", "txt": 1}, 'unknown parameter "txt"'),
        ("sendMessage", {"chat_id": {}, "text": "x"}, "Integer or String expected"),
        ("sendMessage", {"chat_id": 1, "text": "x"}, "Bad Request: chat not found"),
        ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "Bad Request: chat not found"),
        (
            "sendMessage",
            {"chat_id": 7101, "text": "x"},
            "Forbidden: bot can't initiate conversation with a user",
        ),
        (
            "sendMessage",
            {"chat_id": -1001000000003, "text": "x", "message_thread_id": 9},
            "Bad Request: message thread not found",
        ),
        (
            "sendMessage",
            {"chat_id": -1001000000003, "text": "x", "reply_parameters": {"message_id": 99}},
            "Bad Request: message to be replied not found",
        ),
        (
            "sendMessage",
            {"chat_id": -1001000000003, "text": "x", "parse_mode": "Markdown"},
            "unsupported parse_mode",
        ),
        (
            "editMessageText",
            {"chat_id": -1001000000003, "message_id": 9, "text": "x"},
            "message to edit not found",
        ),
        ("deleteMessage", {"chat_id": -1001000000003, "message_id": 9}, "message to delete not found"),
        ("deleteMessages", {"chat_id": -1001000000003, "message_ids": list(range(101))}, "too many message"),
        ("pinChatMessage", {"chat_id": -1001000000003, "message_id": 9}, "message to pin not found"),
        ("unpinChatMessage", {"chat_id": -1001000000003}, "message to unpin not found"),
        ("answerCallbackQuery", {"callback_query_id": "77"}, "query is too old and response timeout expired"),
        ("answerCallbackQuery", {"callback_query_id": "77", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
        ("sendChatAction", {"chat_id": -1001000000003, "action": "dancing"}, "wrong parameter action"),
        ("getChatMember", {"chat_id": -1001000000003, "user_id": 5}, "user not found"),
        ("banChatMember", {"chat_id": -1001000000003, "user_id": 7_000_000_000}, "can't restrict self"),
        ("setMyCommands", {"commands": [{"command": "Besar", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyShortDescription", {"short_description": "x" * 121}, "BOT_SHORT_DESCRIPTION_TOO_LONG"),
        ("setWebhook", {"url": "http://example.org"}, "An HTTPS URL must be provided"),
        ("setWebhook", {"url": "https://example.org:9000"}, "only on ports 80, 88, 443 or 8443"),
        ("setWebhook", {"url": "https://example.org", "secret_token": "a b"}, "unallowed characters"),
        (
            "setMessageReaction",
            {"chat_id": -1001000000001, "message_id": 1, "reaction": [{"type": "emoji", "emoji": ""}]},
            "REACTION_INVALID",
        ),
        ("getFile", {"file_id": "x"}, "invalid file_id"),
        ("sendDocument", {"chat_id": -1001000000003, "document": "x"}, "wrong file identifier"),
        (
            "copyMessage",
            {"chat_id": -1001000000003, "from_chat_id": -1001000000003, "message_id": 9},
            "to copy not found",
        ),
    ],
)
async def test_refused(
    call: Call, scene: Scenery, method: str, args: dict[str, Any], description: str
) -> None:
    answer = await call(method, **args)
    assert not answer["ok"]
    assert description in answer["description"]
    assert answer["error_code"] == (403 if description.startswith("Forbidden") else 400)


async def test_edges_that_are_allowed(call: Call, scene: Scenery) -> None:
    long = await call(
        "sendMessage", chat_id=scene.triage.id, text="<b>" + "🙂" * 4096 + "</b>", parse_mode="HTML"
    )
    assert long["result"]["entities"] == [{"type": "bold", "offset": 0, "length": 8192}]
    keys = {"inline_keyboard": [[{"text": "x", "callback_data": "é" * 32}]]}
    assert (await call("sendMessage", chat_id=scene.triage.id, text="x", reply_markup=keys))["ok"]
    loose = {"message_id": 99, "allow_sending_without_reply": True}
    sent = await call("sendMessage", chat_id=scene.triage.id, text="x", reply_parameters=loose)
    assert "reply_to_message" not in sent["result"]


async def test_edits_that_change_nothing(call: Call, scene: Scenery, sandbox: Sandbox) -> None:
    args = {"chat_id": scene.triage.id, "text": "<i>sama</i>", "parse_mode": "HTML"}
    sent = await call("sendMessage", **args)
    again = await call("editMessageText", message_id=sent["result"]["message_id"], **args)
    assert again["description"].startswith(
        "Bad Request: message is not modified: specified new message content"
    )
    same = await call(
        "editMessageReplyMarkup", chat_id=scene.triage.id, message_id=sent["result"]["message_id"]
    )
    assert "message is not modified" in same["description"]
    theirs = sandbox.world.say(scene.officer, scene.triage, "milik saya")
    other = await call("editMessageText", message_id=theirs.message_id, chat_id=scene.triage.id, text="x")
    assert other["description"] == "Bad Request: message can't be edited"


async def test_who_shut_the_bot_out(call: Call, scene: Scenery, sandbox: Sandbox) -> None:
    async def refusal(chat_id: int) -> str:
        return str((await call("sendMessage", chat_id=chat_id, text="x"))["description"])

    sandbox.world.block(scene.on_call)
    assert await refusal(scene.on_call.id) == "Forbidden: bot was blocked by the user"
    scene.coordinator.deactivated = True
    assert await refusal(scene.coordinator.id) == "Forbidden: user is deactivated"
    other_bot = sandbox.world.add_user("Bot", is_bot=True)
    assert await refusal(other_bot.id) == "Forbidden: bot can't send messages to bots"
    sandbox.world.kick_bot(scene.triage, scene.officer)
    assert await refusal(scene.triage.id) == "Forbidden: bot was kicked from the supergroup chat"
    sandbox.world.set_member(scene.discussion, sandbox.world.bot, Member(Status.LEFT))
    assert await refusal(scene.discussion.id) == "Forbidden: bot is not a member of the supergroup chat"
    assert await refusal(scene.channel.id) == "Bad Request: chat not found"
    scene.channel.members[sandbox.world.bot.id] = Member(Status.MEMBER)
    assert await refusal(scene.channel.id) == "Bad Request: need administrator rights in the channel chat"


async def test_rights_of_a_plain_member(call: Call, scene: Scenery, sandbox: Sandbox) -> None:
    group = sandbox.world.add_group("Tanpa hak", [scene.officer])
    theirs = sandbox.world.say(scene.officer, group, "halo")
    ours = (await call("sendMessage", chat_id=group.id, text="x"))["result"]["message_id"]

    async def told(method: str, **args: object) -> str:
        return str((await call(method, chat_id=group.id, **args)).get("description", "ok"))

    assert (
        await told("deleteMessage", message_id=theirs.message_id) == "Bad Request: message can't be deleted"
    )
    assert "not enough rights to manage pinned" in await told("pinChatMessage", message_id=ours)
    assert "not enough rights to restrict" in await told("banChatMember", user_id=scene.officer.id)
    assert await told("deleteMessage", message_id=ours) == "ok"


async def test_old_messages_stay(call: Call, scene: Scenery, clock: FakeClock) -> None:
    sent = await call("sendMessage", chat_id=scene.coordinator.id, text="lama")
    clock.advance(49 * 3600)
    late = await call("deleteMessage", chat_id=scene.coordinator.id, message_id=sent["result"]["message_id"])
    assert late["description"] == "Bad Request: message can't be deleted for everyone"


async def test_a_press_waits_thirty_seconds_and_is_answered_once(
    call: Call, scene: Scenery, sandbox: Sandbox, clock: FakeClock
) -> None:
    press = sandbox.world.press_raw(scene.officer, scene.triage, 1, "x")
    assert (await call("answerCallbackQuery", callback_query_id=press.id))["ok"]
    assert (
        "query is too old" in (await call("answerCallbackQuery", callback_query_id=press.id))["description"]
    )
    late = sandbox.world.press_raw(scene.officer, scene.triage, 1, "x")
    clock.advance(31)
    assert "query is too old" in (await call("answerCallbackQuery", callback_query_id=late.id))["description"]


async def test_a_group_that_moved(call: Call, scene: Scenery, sandbox: Sandbox) -> None:
    group = sandbox.world.add_group("Lama", [scene.officer], kind=Kind.GROUP, chat_id=-55)
    moved = sandbox.world.migrate(group)
    answer = await call("sendMessage", chat_id=group.id, text="x")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": moved.id}
    assert (await call("sendMessage", chat_id=moved.id, text="x"))["ok"]


async def test_quotes_must_be_in_the_message(call: Call, scene: Scenery, sandbox: Sandbox) -> None:
    said = sandbox.world.say(scene.officer, scene.triage, "satu 🙂 dua")
    parameters = {"message_id": said.message_id, "quote": "dua"}
    good = await call("sendMessage", chat_id=scene.triage.id, text="x", reply_parameters=parameters)
    assert good["result"]["quote"] == {"text": "dua", "position": 8, "is_manual": True}
    bad = await call(
        "sendMessage", chat_id=scene.triage.id, text="x", reply_parameters={**parameters, "quote": "tiga"}
    )
    assert bad["description"] == "Bad Request: QUOTE_TEXT_INVALID"


async def test_tokens_methods_and_bodies(url: str, sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    async def status(path: str, **more: Any) -> tuple[int, str]:
        async with http.post(f"{url}/{path}", **more) as answer:
            return answer.status, (await answer.json())["description"]

    assert await status("botnonsense/getMe") == (404, "Not Found")
    assert await status("bot1:wrong/getMe") == (401, "Unauthorized")
    assert await status(f"bot{sandbox.token}/sendTelegram") == (404, "Not Found: method not found")
    form = {
        "data": b"chat_id=1&text=%ff%fe",
        "headers": {"Content-Type": "application/x-www-form-urlencoded"},
    }
    assert await status(f"bot{sandbox.token}/sendMessage", **form) == (
        400,
        "Bad Request: strings must be encoded in UTF-8",
    )
    broken = {"data": b"[1]", "headers": {"Content-Type": "application/json"}}
    assert (await status(f"bot{sandbox.token}/getMe", **broken))[0] == 400
    async with http.get(f"{url}/bot{sandbox.token}/GETME") as answer:
        assert (await answer.json())["result"]["can_read_all_group_messages"] is False
