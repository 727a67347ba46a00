"""python-telegram-bot as its own examples use it: one handler, one message sent per update. Nothing is kept.

    python -m benchmarks.plain_ptb --api http://127.0.0.1:8081 --chat -1001000000003

The token comes from TANGGAP_BOT_TOKEN, as for Tanggap.
"""

import argparse
import os

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--api", required=True)
    parser.add_argument("--chat", type=int, required=True)
    chosen = parser.parse_args()

    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.effective_message is not None:
            await context.bot.send_message(chosen.chat, update.effective_message.text or "-")

    token = os.environ["TANGGAP_BOT_TOKEN"]
    application = ApplicationBuilder().token(token).base_url(f"{chosen.api}/bot").build()
    application.add_handler(MessageHandler(filters.ALL, echo))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main()
