"""Every method of the local Bot API by its proper name."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox import methods_bot as own
from bot.sandbox import methods_change as change
from bot.sandbox import methods_chats as chats
from bot.sandbox import methods_send as send
from bot.sandbox.platform import Platform
from bot.sandbox.spec import Args

Method = Callable[[Platform, Args], Awaitable[Any]]

METHODS: dict[str, Method] = {
    "getMe": own.get_me,
    "getUpdates": own.get_updates,
    "setWebhook": own.set_webhook,
    "deleteWebhook": own.delete_webhook,
    "getWebhookInfo": own.get_webhook_info,
    "close": own.close,
    "logOut": own.close,
    "setMyCommands": own.set_my_commands,
    "getMyCommands": own.get_my_commands,
    "deleteMyCommands": own.delete_my_commands,
    "setMyName": own.set_my_name,
    "getMyName": own.get_my_name,
    "setMyDescription": own.set_my_description,
    "getMyDescription": own.get_my_description,
    "setMyShortDescription": own.set_my_short_description,
    "getMyShortDescription": own.get_my_short_description,
    "getFile": own.get_file,
    "sendMessage": send.send_message,
    "sendDocument": send.send_document,
    "sendPhoto": send.send_photo,
    "forwardMessage": send.forward_message,
    "copyMessage": send.copy_message,
    "editMessageText": change.edit_message_text,
    "editMessageReplyMarkup": change.edit_message_reply_markup,
    "deleteMessage": change.delete_message,
    "deleteMessages": change.delete_messages,
    "pinChatMessage": change.pin_chat_message,
    "unpinChatMessage": change.unpin_chat_message,
    "setMessageReaction": change.set_message_reaction,
    "answerCallbackQuery": change.answer_callback_query,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "getChatMemberCount": chats.get_chat_member_count,
    "leaveChat": chats.leave_chat,
    "sendChatAction": chats.send_chat_action,
    "restrictChatMember": chats.restrict_chat_member,
    "banChatMember": chats.ban_chat_member,
    "unbanChatMember": chats.unban_chat_member,
    "banChatSenderChat": chats.ban_chat_sender_chat,
    "unbanChatSenderChat": chats.unban_chat_sender_chat,
    "createForumTopic": chats.create_forum_topic,
}
