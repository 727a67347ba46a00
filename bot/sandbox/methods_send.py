"""Sending: messages, documents, photos, forwards, copies."""

from typing import Any

from bot.sandbox.entities import utf16
from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import check_markup
from bot.sandbox.model import MEDIA, Chat, Json, Kind, Message
from bot.sandbox.platform import Platform
from bot.sandbox.spec import Args, Upload
from bot.sandbox.texts import MAX_CAPTION, MAX_TEXT, compose

MAX_UPLOAD = 50 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
_KEPT = ("text", "entities", "caption", "caption_entities", *MEDIA)


async def send_message(platform: Platform, args: Args) -> Json:
    chat = platform.writable_chat(args)
    text, entities = compose(args, "text", MAX_TEXT)
    body: Json = {"text": text}
    if entities:
        body["entities"] = entities
    if args.get("link_preview_options"):
        body["link_preview_options"] = args["link_preview_options"]
    return put(platform, chat, args, body).raw


async def send_document(platform: Platform, args: Args) -> Json:
    chat = platform.writable_chat(args)
    file_id, upload = _file(platform, args["document"], MAX_UPLOAD)
    document = {"file_name": upload.name, "mime_type": upload.mime} | _facts(file_id, upload)
    return put(platform, chat, args, {"document": document} | _caption(args)).raw


async def send_photo(platform: Platform, args: Args) -> Json:
    chat = platform.writable_chat(args)
    file_id, upload = _file(platform, args["photo"], MAX_PHOTO)
    photo = {"width": 800, "height": 600} | _facts(file_id, upload)
    return put(platform, chat, args, {"photo": [photo]} | _caption(args)).raw


def _file(platform: Platform, given: Upload | str, limit: int) -> tuple[str, Upload]:
    if isinstance(given, str):
        known = platform.files.stored.get(given)
        if known is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return given, known
    if not given.content:
        raise bad_request("file must be non-empty")
    if len(given.content) > limit:
        raise bad_request("file is too big")
    return platform.files.add(given), given


def _facts(file_id: str, upload: Upload) -> Json:
    return {"file_id": file_id, "file_unique_id": f"u-{file_id}", "file_size": len(upload.content)}


def _caption(args: Args) -> Json:
    text, entities = compose(args, "caption", MAX_CAPTION)
    body: Json = {"caption": text} if text else {}
    return body | ({"caption_entities": entities} if entities else {})


async def forward_message(platform: Platform, args: Args) -> Json:
    chat = platform.writable_chat(args)
    source = _source(platform, args, "to forward")
    if source.protected:
        raise bad_request("message can't be forwarded")
    origin = source.raw.get("forward_origin") or _origin(platform, source)
    body = {key: source.raw[key] for key in _KEPT if key in source.raw}
    return put(platform, chat, args, body | {"forward_origin": origin}).raw


def _source(platform: Platform, args: Args, purpose: str) -> Message:
    return platform.message(platform.open_chat(args["from_chat_id"]), args["message_id"], purpose)


def _origin(platform: Platform, message: Message) -> Json:
    raw = message.raw
    if platform.world.chats[message.chat_id].kind is Kind.CHANNEL:
        facts = {"chat": raw["chat"], "message_id": message.message_id}
        return {"type": "channel", "date": raw["date"], **facts}
    if "sender_chat" in raw:
        return {"type": "chat", "date": raw["date"], "sender_chat": raw["sender_chat"]}
    return {"type": "user", "date": raw["date"], "sender_user": raw["from"]}


async def copy_message(platform: Platform, args: Args) -> Json:
    chat = platform.writable_chat(args)
    source = _source(platform, args, "to copy")
    if source.protected:
        raise bad_request("message can't be copied")
    body = {key: source.raw[key] for key in _KEPT if key in source.raw}
    if not body:
        raise bad_request("message can't be copied")
    if "caption" in args and source.has_media:
        body = {k: v for k, v in body.items() if k not in ("caption", "caption_entities")} | _caption(args)
    return {"message_id": put(platform, chat, args, body).message_id}


def put(platform: Platform, chat: Chat, args: Args, body: Json) -> Message:
    """Checks reply, markup and pace, then stores the bot's message."""
    world = platform.world
    markup = check_markup(args.get("reply_markup"))
    reply = _reply(platform, chat, args.get("reply_parameters"))
    platform.pace.sent(chat.id, chat.kind is not Kind.PRIVATE)
    raw = reply | body
    if args.get("message_thread_id"):
        raw |= {"message_thread_id": args["message_thread_id"], "is_topic_message": True}
    if args.get("protect_content"):
        raw["has_protected_content"] = True
    if markup and "inline_keyboard" in markup:
        raw["reply_markup"] = markup
    if chat.kind is Kind.CHANNEL:
        return world.post(chat, {"sender_chat": chat.to_json()} | raw)
    return world.store(
        chat,
        {"from": world.bot.to_json()} | raw,
        silent=bool(args.get("disable_notification")),
        protected=bool(args.get("protect_content")),
        prompt=markup if markup and "inline_keyboard" not in markup else None,
    )


def _reply(platform: Platform, chat: Chat, parameters: Json | None) -> Json:
    if not parameters:
        return {}
    place = platform.open_chat(parameters["chat_id"]) if "chat_id" in parameters else chat
    target = place.messages.get(parameters["message_id"])
    if target is None or target.deleted:
        # Telegram lets the loose message through only within the same chat.
        if parameters.get("allow_sending_without_reply") and place is chat:
            return {}
        raise bad_request("message to be replied not found")
    quote = _quote(parameters, target)
    if place is chat:
        return platform.world.reply(chat, target) | quote
    external = {"origin": _origin(platform, target), "chat": place.to_json(), "message_id": target.message_id}
    return {"external_reply": external} | quote


def _quote(parameters: Json, target: Message) -> Json:
    quote: str = parameters.get("quote") or ""
    if not quote:
        return {}
    if len(quote) > 1024 or quote not in target.text:
        raise bad_request("QUOTE_TEXT_INVALID")
    position = utf16(target.text[: target.text.index(quote)])
    facts: dict[str, Any] = {"text": quote, "position": position, "is_manual": True}
    return {"quote": facts}
