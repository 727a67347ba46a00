"""Chats and their members: looking them up, leaving, restricting and banning."""

from bot.sandbox.errors import bad_request
from bot.sandbox.model import PERMISSIONS, Chat, Json, Kind, Member, Status, User
from bot.sandbox.platform import Platform
from bot.sandbox.spec import Args

_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
_LONGEST_TOPIC = 128
_TOPIC_BLUE = 0x6FB9F0
_FOREVER = (30, 366 * 24 * 3600)


async def get_chat(platform: Platform, args: Args) -> Json:
    chat = platform.open_chat(args["chat_id"])
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    raw = chat.to_json() | {
        "accent_color_id": 3,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }
    if chat.linked is not None:
        raw["linked_chat_id"] = chat.linked
    if chat.is_group:
        raw["permissions"] = dict.fromkeys(PERMISSIONS, True)
    if chat.pinned:
        raw["pinned_message"] = chat.messages[chat.pinned[-1]].quoted()
    return raw


async def get_chat_member(platform: Platform, args: Args) -> Json:
    chat, user = _member(platform, args)
    return chat.member(user.id).to_json(user, chat.kind is Kind.CHANNEL)


def _member(platform: Platform, args: Args) -> tuple[Chat, User]:
    chat = platform.open_chat(args["chat_id"])
    user = platform.world.users.get(args["user_id"])
    if user is None:
        raise bad_request("user not found")
    if chat.kind is Kind.CHANNEL and not chat.member(platform.world.bot.id).is_admin:
        raise bad_request("member list is inaccessible")
    return chat, user


async def get_chat_administrators(platform: Platform, args: Args) -> list[Json]:
    chat = platform.open_chat(args["chat_id"])
    if chat.kind is Kind.PRIVATE:
        raise bad_request("there are no administrators in the private chat")
    found = []
    for user_id, member in chat.members.items():
        user = platform.world.users[user_id]
        if member.is_admin and (not user.is_bot or user_id == platform.world.bot.id):
            found.append(member.to_json(user, chat.kind is Kind.CHANNEL))
    return found


async def get_chat_member_count(platform: Platform, args: Args) -> int:
    chat = platform.open_chat(args["chat_id"])
    return 2 if chat.kind is Kind.PRIVATE else sum(1 for member in chat.members.values() if member.present)


async def leave_chat(platform: Platform, args: Args) -> bool:
    chat = platform.open_chat(args["chat_id"])
    if chat.kind is Kind.PRIVATE:
        raise bad_request("chat_id is invalid")
    platform.world.set_member(chat, platform.world.bot, Member(Status.LEFT))
    return True


async def send_chat_action(platform: Platform, args: Args) -> bool:
    chat = platform.writable_chat(args)
    if args["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    platform.world.tell("action", chat_id=chat.id, action=args["action"])
    return True


def _target(platform: Platform, args: Args) -> tuple[Chat, User]:
    """The chat and person of a moderation call, once the bot's rights and the person's rank allow it."""
    chat = platform.open_chat(args["chat_id"])
    if chat.kind is Kind.PRIVATE:
        raise bad_request("can't restrict members of the private chat")
    if not platform.may(chat, "can_restrict_members"):
        raise bad_request("not enough rights to restrict/unrestrict chat member")
    user = platform.world.users.get(args["user_id"])
    if user is None:
        raise bad_request("user not found")
    if user.id == platform.world.bot.id:
        raise bad_request("can't restrict self")
    if chat.member(user.id).status is Status.CREATOR:
        raise bad_request("can't remove chat owner")
    if chat.member(user.id).is_admin:
        raise bad_request("user is an administrator of the chat")
    return chat, user


def _until(platform: Platform, args: Args) -> int:
    """Less than 30 seconds or more than 366 days from now means for ever: 0."""
    until: int = args.get("until_date") or 0
    distance = until - platform.world.timestamp
    return until if _FOREVER[0] <= distance <= _FOREVER[1] else 0


async def restrict_chat_member(platform: Platform, args: Args) -> bool:
    chat, user = _target(platform, args)
    if chat.kind is not Kind.SUPERGROUP:
        raise bad_request("method is available only for supergroups")
    rights = frozenset(name for name, allowed in args["permissions"].items() if allowed)
    member = Member(Status.RESTRICTED, rights, until=_until(platform, args))
    if rights == frozenset(PERMISSIONS):
        member = Member(Status.MEMBER)
    platform.world.set_member(chat, user, member, platform.world.bot)
    return True


async def ban_chat_member(platform: Platform, args: Args) -> bool:
    chat, user = _target(platform, args)
    member = Member(Status.KICKED, until=_until(platform, args))
    platform.world.set_member(chat, user, member, platform.world.bot)
    if args.get("revoke_messages"):
        for message in platform.world.messages(chat.id):
            if message.sender_id == user.id:
                platform.world.delete(message)
    return True


async def unban_chat_member(platform: Platform, args: Args) -> bool:
    chat, user = _target(platform, args)
    kicked = chat.member(user.id).status is Status.KICKED
    # Without only_if_banned the call also removes somebody who is there.
    if kicked or not args.get("only_if_banned"):
        platform.world.set_member(chat, user, Member(Status.LEFT), platform.world.bot)
    return True


def _sender(platform: Platform, args: Args) -> tuple[Chat, int]:
    """The group and the channel in whose name somebody writes there."""
    chat = platform.open_chat(args["chat_id"])
    if chat.kind is not Kind.SUPERGROUP:
        raise bad_request("method is available only for supergroups")
    if not platform.may(chat, "can_restrict_members"):
        raise bad_request("not enough rights to ban/unban sender chat")
    sender: int = args["sender_chat_id"]
    if sender in {chat.id, chat.linked}:
        raise bad_request("can't ban the chat itself or the channel that is linked to it")
    return chat, sender


async def ban_chat_sender_chat(platform: Platform, args: Args) -> bool:
    chat, sender = _sender(platform, args)
    chat.banned_senders.add(sender)
    return True


async def unban_chat_sender_chat(platform: Platform, args: Args) -> bool:
    chat, sender = _sender(platform, args)
    chat.banned_senders.discard(sender)
    return True


async def create_forum_topic(platform: Platform, args: Args) -> Json:
    chat = platform.open_chat(args["chat_id"])
    if not chat.forum:
        raise bad_request("the chat is not a forum")
    if not chat.member(platform.world.bot.id).may("can_manage_topics"):
        raise bad_request("not enough rights to create a topic")
    name = args["name"].strip()
    if not 0 < len(name) <= _LONGEST_TOPIC:
        raise bad_request("TOPIC_TITLE_INVALID")
    made = {"name": name, "icon_color": args.get("icon_color") or _TOPIC_BLUE}
    opened = platform.world.store(
        chat, {"from": platform.world.bot.to_json(), "forum_topic_created": made, "is_topic_message": True}
    )
    chat.topics.add(opened.message_id)
    return {"message_thread_id": opened.message_id, **made}
