"""The weekly note: what the team taught the bot."""

from collections.abc import Iterable, Mapping

from bot.chat.words.names import LABELS


def weekly(params: Mapping[str, object]) -> str:
    """How often the team corrected which label; counts come as pairs of label and number."""
    said = [f"🏷 Pekan lalu tim membetulkan label di {params.get('comments', 0)} komentar."]
    if added := _counts(params.get("added")):
        said.append(f"Terlewat oleh bot: {added}.")
    if removed := _counts(params.get("removed")):
        said.append(f"Keliru diberi bot: {removed}.")
    said.append("Terima kasih. Koreksi ini menjadi bahan belajar bot.")
    return "\n".join(said)


def _counts(pairs: object) -> str:
    found = [(str(label), int(number)) for label, number in pairs] if isinstance(pairs, Iterable) else []
    return ", ".join(f"{LABELS.get(label, label)} {number} kali" for label, number in found)
