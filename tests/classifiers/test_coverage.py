"""The coverage tables count what is there."""

from classifiers.coverage import SIDES, table

ITEMS = [
    {"text": "air mati", "labels": ["complaint"], "topic": "utilities", "register": "reply", "hard": "plain"},
    {"text": "air mati ya min", "labels": [], "topic": "utilities", "register": "chat", "hard": "near-miss"},
]


def test_every_comment_stands_once_in_every_table() -> None:
    for side in SIDES:
        _, _, *rows = table(ITEMS, side)
        assert sum(int(row.split("|")[-2]) for row in rows) == len(ITEMS)


def test_a_comment_without_labels_has_its_own_column() -> None:
    head, _, row = table(ITEMS, "field")
    counts = dict(zip(head.split(" | "), row.split(" | "), strict=True))
    assert (counts["complaint"], counts["(none)"]) == ("1", "1")
