"""The coverage tables count what is there."""

from classifiers.coverage import FEW, SIDES, expected, four_sided, gaps, table

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


def many(count: int, **sides: str) -> list[dict[str, object]]:
    return [{"text": "air mati", "labels": ["complaint"], **sides} for _ in range(count)]


def test_a_cell_that_its_sides_let_one_expect_is_a_gap() -> None:
    here, there = {"register": "reply", "hard": "plain"}, {"register": "chat", "hard": "plain"}
    items = (
        many(40, topic="roads", **here) + many(40, topic="water", **there) + many(40, topic="roads", **there)
    )
    head, missing, *lines = gaps(items)
    assert head.startswith("4 cells; 3 hold")
    assert missing.startswith("1 hold fewer")
    assert lines[-1] == "| complaint | reply | water | 1-2 words | 0 | 13 |"
    assert FEW < 13


def test_what_is_to_be_expected_adds_up_to_what_is_there() -> None:
    cells = sum(1 for item in ITEMS for _ in four_sided(item))
    assert round(sum(expected(ITEMS).values()), 9) == cells
