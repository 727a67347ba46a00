"""The bot itself: who it is, its menus and texts, how it gets updates, its files."""

import re
from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request
from bot.sandbox.model import Json
from bot.sandbox.platform import Platform
from bot.sandbox.spec import Args
from bot.sandbox.updates import conflict_webhook

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_PORTS = {443, 80, 88, 8443}
_LONGEST = {"name": 64, "description": 512, "short_description": 120}


async def get_me(platform: Platform, _: Args) -> Json:
    world = platform.world
    flags = {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return world.bot.to_json() | flags


async def get_updates(platform: Platform, args: Args) -> list[Json]:
    if platform.webhook.url:
        raise conflict_webhook()
    platform.world.updates.allow(args.get("allowed_updates"))
    limit = args.get("limit", 100)
    if not 1 <= limit <= 100:
        limit = 100
    timeout = min(max(args.get("timeout", 0), 0), 50)
    return await platform.world.updates.poll(args.get("offset", 0), limit, timeout)


async def set_webhook(platform: Platform, args: Args) -> bool:
    url: str = args.get("url", "")
    if not url:
        return await delete_webhook(platform, args)
    secret: str = args.get("secret_token", "")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _check_address(url)
    connections = args.get("max_connections", 40)
    if not 1 <= connections <= 100:
        raise bad_request("max_connections must be between 1 and 100")
    platform.world.updates.allow(args.get("allowed_updates"))
    if args.get("drop_pending_updates"):
        platform.world.updates.clear()
    await platform.webhook.set(url, secret, connections)
    return True


def _check_address(url: str) -> None:
    """Telegram wants HTTPS on four ports; on the loopback the sandbox takes plain HTTP on any, for tests."""
    parts = urlsplit(url)
    if parts.hostname in {"127.0.0.1", "localhost", "::1"}:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


async def delete_webhook(platform: Platform, args: Args) -> bool:
    await platform.webhook.stop()
    if args.get("drop_pending_updates"):
        platform.world.updates.clear()
    return True


async def get_webhook_info(platform: Platform, _: Args) -> Json:
    hook = platform.webhook
    raw: Json = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(platform.world.updates),
    }
    if hook.url:
        raw["max_connections"] = hook.connections
    if hook.last_error:
        raw |= {"last_error_date": hook.last_error_at}
        raw |= {"last_error_message": hook.last_error}
    if platform.world.updates.allowed:
        raw["allowed_updates"] = sorted(platform.world.updates.allowed)
    return raw


async def close(_: Platform, __: Args) -> bool:
    return True


def _menu(args: Args) -> tuple[str, str]:
    scope: Json = args.get("scope") or {"type": "default"}
    where = ":".join(str(scope[key]) for key in ("type", "chat_id", "user_id") if key in scope)
    return where, args.get("language_code") or ""


async def set_my_commands(platform: Platform, args: Args) -> bool:
    commands: list[Json] = args.get("commands") or []
    if len(commands) > 100:
        raise bad_request("too many bot commands specified")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"].removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    _check_scope_chat(platform, args)
    platform.commands[_menu(args)] = commands
    platform.world.tell("commands", commands=menus(platform))
    return True


def menus(platform: Platform) -> list[Json]:
    """Every menu that the bot has set, as the page wants it."""
    return [
        {"scope": scope, "language": language, "commands": commands}
        for (scope, language), commands in platform.commands.items()
    ]


def _check_scope_chat(platform: Platform, args: Args) -> None:
    scope: Json = args.get("scope") or {}
    if "chat_id" in scope:
        platform.chat(scope["chat_id"])


async def get_my_commands(platform: Platform, args: Args) -> list[Json]:
    return platform.commands.get(_menu(args), [])


async def delete_my_commands(platform: Platform, args: Args) -> bool:
    platform.commands.pop(_menu(args), None)
    platform.world.tell("commands", commands=menus(platform))
    return True


def _set_text(platform: Platform, args: Args, what: str) -> bool:
    text: str = args.get(what) or ""
    if len(text) > _LONGEST[what]:
        raise bad_request(f"BOT_{what.upper()}_TOO_LONG")
    platform.profile[what, args.get("language_code") or ""] = text
    return True


def _get_text(platform: Platform, args: Args, what: str, default: str = "") -> Json:
    return {what: platform.profile.get((what, args.get("language_code") or ""), default)}


async def set_my_name(platform: Platform, args: Args) -> bool:
    return _set_text(platform, args, "name")


async def get_my_name(platform: Platform, args: Args) -> Json:
    return _get_text(platform, args, "name", platform.world.bot.first_name)


async def set_my_description(platform: Platform, args: Args) -> bool:
    return _set_text(platform, args, "description")


async def get_my_description(platform: Platform, args: Args) -> Json:
    return _get_text(platform, args, "description")


async def set_my_short_description(platform: Platform, args: Args) -> bool:
    return _set_text(platform, args, "short_description")


async def get_my_short_description(platform: Platform, args: Args) -> Json:
    return _get_text(platform, args, "short_description")


async def get_file(platform: Platform, args: Args) -> Json:
    file_id: str = args["file_id"]
    stored = platform.files.stored.get(file_id)
    if stored is None:
        raise bad_request("invalid file_id")
    return {
        "file_id": file_id,
        "file_unique_id": f"u-{file_id}",
        "file_size": len(stored.content),
        "file_path": f"documents/{file_id}",
    }
