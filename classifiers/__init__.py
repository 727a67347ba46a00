"""Text in, prediction out. Knows nothing of Telegram, the database or the bot.

This page imports nothing, so that `classifiers.labels` costs nothing to those who only need the names.
"""
