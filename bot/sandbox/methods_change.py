"""Changing what stands there: edits, deletions, pins, reactions, answers to presses."""

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.keyboards import Markup, check_markup, same_markup
from bot.sandbox.model import Chat, Json, Kind, Message
from bot.sandbox.platform import Platform
from bot.sandbox.spec import Args
from bot.sandbox.texts import MAX_TEXT, compose

TWO_DAYS = 48 * 3600
_SERVICE = (
    "new_chat_members",
    "left_chat_member",
    "pinned_message",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
)
_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_REACTIONS = (
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐"
    "🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾😡"
)


async def edit_message_text(platform: Platform, args: Args) -> Json:
    chat, message = _editable(platform, args)
    if "text" not in args or not args["text"]:
        raise bad_request("message text is empty")
    if "text" not in message.raw:
        raise bad_request("there is no text in the message to edit")
    text, entities = compose(args, "text", MAX_TEXT)
    markup = _inline_only(args)
    unchanged = message.raw["text"] == text and message.raw.get("entities", []) == entities
    if unchanged and same_markup(message.raw.get("reply_markup"), markup):
        raise bad_request(_SAME)
    _pace_edit(platform, chat)
    message.versions.append(message.text)
    raw = {
        k: v for k, v in message.raw.items() if k not in ("entities", "reply_markup", "link_preview_options")
    }
    raw |= {"text": text, "edit_date": platform.world.timestamp}
    if entities:
        raw["entities"] = entities
    if args.get("link_preview_options"):
        raw["link_preview_options"] = args["link_preview_options"]
    return _changed(platform, message, raw, markup)


async def edit_message_reply_markup(platform: Platform, args: Args) -> Json:
    chat, message = _editable(platform, args)
    markup = _inline_only(args)
    if same_markup(message.raw.get("reply_markup"), markup):
        raise bad_request(_SAME)
    _pace_edit(platform, chat)
    raw = {key: value for key, value in message.raw.items() if key != "reply_markup"}
    return _changed(platform, message, raw | {"edit_date": platform.world.timestamp}, markup)


def _editable(platform: Platform, args: Args) -> tuple[Chat, Message]:
    if not args.get("chat_id"):
        raise bad_request("chat_id is empty")
    if not args.get("message_id"):
        raise bad_request("message identifier is not specified")
    chat = platform.open_chat(args["chat_id"])
    message = platform.message(chat, args["message_id"], "to edit")
    if not _own(platform, chat, message) or "forward_origin" in message.raw:
        raise bad_request("message can't be edited")
    return chat, message


def _own(platform: Platform, chat: Chat, message: Message) -> bool:
    return message.sender_id == platform.world.bot.id or chat.kind is Kind.CHANNEL


def _inline_only(args: Args) -> Markup | None:
    return check_markup(args.get("reply_markup"))


def _pace_edit(platform: Platform, chat: Chat) -> None:
    platform.pace.sent(chat.id, chat.kind is not Kind.PRIVATE, edit=True)


def _changed(platform: Platform, message: Message, raw: Json, markup: Markup | None) -> Json:
    # A new dict, since updates and quotes already made show the message as it was.
    message.raw = raw | ({"reply_markup": markup} if markup else {})
    platform.world.tell("edit", chat_id=message.chat_id, message=message)
    return message.raw


async def delete_message(platform: Platform, args: Args) -> bool:
    chat = platform.open_chat(args["chat_id"])
    message = platform.message(chat, args["message_id"], "to delete")
    refusal = _cannot_delete(platform, chat, message)
    if refusal:
        raise refusal
    platform.world.delete(message)
    return True


def _cannot_delete(platform: Platform, chat: Chat, message: Message) -> ApiError | None:
    if platform.may(chat, "can_delete_messages") and chat.kind is not Kind.PRIVATE:
        return None
    own = message.sender_id == platform.world.bot.id
    if not own and chat.kind is not Kind.PRIVATE:
        return bad_request("message can't be deleted")
    if platform.world.timestamp - int(message.raw["date"]) > TWO_DAYS:
        return bad_request("message can't be deleted for everyone")
    return None


async def delete_messages(platform: Platform, args: Args) -> bool:
    chat = platform.open_chat(args["chat_id"])
    wanted: list[int] = args["message_ids"]
    if len(wanted) > 100:
        raise bad_request("too many message identifiers specified")
    there = [m for number in wanted if (m := chat.messages.get(number)) is not None and not m.deleted]
    for message in there:
        if refusal := _cannot_delete(platform, chat, message):
            raise refusal
    for message in there:
        platform.world.delete(message)
    return True


async def pin_chat_message(platform: Platform, args: Args) -> bool:
    chat = platform.open_chat(args["chat_id"])
    _check_pin_right(platform, chat)
    message = platform.message(chat, args["message_id"], "to pin")
    if any(key in message.raw for key in _SERVICE):
        raise bad_request("a service message can't be pinned")
    if message.message_id in chat.pinned:
        return True
    chat.pinned.append(message.message_id)
    if chat.kind is not Kind.CHANNEL:
        platform.world.store(chat, {"from": platform.world.bot.to_json(), "pinned_message": message.quoted()})
    platform.world.tell("pin", chat_id=chat.id, pinned=list(chat.pinned))
    return True


async def unpin_chat_message(platform: Platform, args: Args) -> bool:
    chat = platform.open_chat(args["chat_id"])
    _check_pin_right(platform, chat)
    wanted = args.get("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(wanted)
    platform.world.tell("pin", chat_id=chat.id, pinned=list(chat.pinned))
    return True


def _check_pin_right(platform: Platform, chat: Chat) -> None:
    right = "can_edit_messages" if chat.kind is Kind.CHANNEL else "can_pin_messages"
    if chat.kind is not Kind.PRIVATE and not platform.may(chat, right):
        raise bad_request("not enough rights to manage pinned messages in the chat")


async def set_message_reaction(platform: Platform, args: Args) -> bool:
    chat = platform.open_chat(args["chat_id"])
    message = platform.message(chat, args["message_id"], "to react")
    reactions: list[Json] = args.get("reaction") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for one in reactions:
        if one["type"] != "emoji" or not one["emoji"] or one["emoji"][0] not in _REACTIONS:
            raise bad_request("REACTION_INVALID")
    message.reactions[platform.world.bot.id] = reactions
    platform.world.tell("edit", chat_id=chat.id, message=message)
    return True


async def answer_callback_query(platform: Platform, args: Args) -> bool:
    press = platform.world.presses.get(args["callback_query_id"])
    if len(args.get("text") or "") > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    late = platform.pace.limits.callback_seconds
    if press is None or press.answers or platform.world.clock.now().timestamp() - press.at > late:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    press.answers += 1
    press.answer = {key: args[key] for key in ("text", "show_alert", "url") if key in args}
    platform.world.tell("answer", user_id=press.user_id, press=press)
    return True
