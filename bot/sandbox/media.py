"""Raw fields of media that people send, for `say(..., extra=media("photo"))`."""

from typing import Any

_KINDS: dict[str, dict[str, Any]] = {
    "photo": {"width": 800, "height": 600},
    "document": {"file_name": "dokumen.pdf", "mime_type": "application/pdf"},
    "voice": {"duration": 7, "mime_type": "audio/ogg"},
    "video": {"width": 640, "height": 480, "duration": 12},
    "sticker": {
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": "👍",
    },
}


def media(kind: str, file_id: str = "") -> dict[str, Any]:
    """`kind`: photo, document, voice, video or sticker. KeyError for another."""
    number = file_id or f"{kind}-file"
    body = {"file_id": number, "file_unique_id": f"u-{number}", "file_size": 12_345, **_KINDS[kind]}
    return {kind: [body] if kind == "photo" else body}
