"""python-telegram-bot as its own examples use it: one handler, one message sent per update. Nothing is kept.

    python -m benchmarks.plain_ptb --api http://127.0.0.1:8081 --chat -1001000000003 [--card]

It echoes the text, or with --card shows it as Tanggap does: HTML of the same length, the same six buttons.
The token comes from TANGGAP_BOT_TOKEN, as for Tanggap.
"""

import argparse
import html
import os

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

CARD = """🟡 <b>#{number}</b> · <b>Belum ada yang menangani</b>
<b>{name}</b>, 09.12 WIB · <a href="https://t.me/c/1000000001/{number}?thread=2">lihat komentar</a>
<blockquote>{text}</blockquote>
Di bawah unggahan “Perbaikan Jalan Melati dimulai hari Senin. Sampaikan pertanyaan …”

<b>Keluhan/Kritik</b> · karena: <i>belum diangkut, sudah empat hari</i>

Langkah berikut: tekan ✋ Ambil bila Anda yang menangani."""
ROWS = (("✋ Ambil", "💬 Balas"), ("🏷 Label", "⏰ Tunda", "🗂 Tutup"), ("🚨 Eskalasi",))


def keyboard(number: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(text, callback_data=f"{text[:1]}:{number}:1") for text in row] for row in ROWS]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--api", required=True)
    parser.add_argument("--chat", type=int, required=True)
    parser.add_argument("--card", action="store_true")
    chosen = parser.parse_args()

    async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        if message is None:
            return
        if not chosen.card:
            await context.bot.send_message(chosen.chat, message.text or "-")
            return
        author = message.from_user.full_name if message.from_user is not None else "-"
        values = {"number": message.message_id, "name": author, "text": message.text or "-"}
        shown = CARD.format(**{key: html.escape(str(value)) for key, value in values.items()})
        markup = keyboard(message.message_id)
        await context.bot.send_message(chosen.chat, shown, parse_mode=ParseMode.HTML, reply_markup=markup)

    token = os.environ["TANGGAP_BOT_TOKEN"]
    application = ApplicationBuilder().token(token).base_url(f"{chosen.api}/bot").build()
    application.add_handler(MessageHandler(filters.ALL, answer))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main()
