"""The eight things a public comment can be. A comment carries every label that holds, or none."""

from enum import StrEnum


class Label(StrEnum):
    """Names as they stand in files, scores and configuration; the order is the order of every table."""

    QUESTION = "question"
    COMPLAINT = "complaint"
    HOAX = "hoax"
    HATE = "hate"
    ABUSIVE = "abusive"
    EMERGENCY = "emergency"
    SPAM = "spam"
    PRAISE = "praise"
