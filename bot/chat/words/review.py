"""The review of a closed incident: its questions, and what the bot says around them."""

from collections.abc import Mapping

QUESTIONS: Mapping[str, str] = {
    "apa_yang_berhasil": "Apa yang berjalan baik dan perlu dipertahankan?",
    "apa_yang_lambat": "Apa yang lambat atau menghambat, dan sejak kapan terasa?",
    "perubahan_playbook": "Apa yang sebaiknya diubah di playbook-nya?",
}


def question(key: str) -> str:
    """A playbook's own key reads as it is written there."""
    return QUESTIONS.get(key) or f"{key.replace('_', ' ').capitalize()}?"
