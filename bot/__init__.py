"""Tanggap: comment triage and crisis response for Indonesian press offices, in Telegram."""
