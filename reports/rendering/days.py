"""Days of a snapshot, which are text, as people write them."""

from datetime import date

from law.wording import day_in_words


def in_words(day: str | None, language: str) -> str:
    """The day written out; nothing where there is none."""
    return day_in_words(date.fromisoformat(day), language) if day else ""
