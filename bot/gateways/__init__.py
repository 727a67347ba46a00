"""The ways out besides Telegram: SMS, voice, e-mail, ntfy, webhooks; and the signs of life to the outside."""
