"""templat --export: what people proposed in the chat, as a file of replies."""

from collections.abc import Sequence
from pathlib import Path

from bot.cli.saying import plainly, say, stop
from bot.domain.template import Template
from bot.domain.template_life import OWN_TOPIC
from bot.files.template_export import replies_yaml


def write_templates(target: Path, own: Sequence[Template]) -> None:
    """Refuses to write over a file, and to write an empty one."""
    if not own:
        stop("Belum ada templat yang diusulkan dari obrolan.")
    if target.exists():
        stop(f"{target} sudah ada.")
    if not target.absolute().parent.is_dir():
        stop(f"Folder {target.parent} tidak ada. Buat dulu, atau pilih tempat lain.")
    with plainly():
        target.write_text(replies_yaml(OWN_TOPIC, own), encoding="utf-8")
    say(f"{len(own)} templat ditulis ke {target}. Tambahkan berkasnya di templates: agar dipakai dari sana.")
