"""Ticket numbers: a prefix per queue, restarting each local day, never reused within it."""

from datetime import date


def number(queue: str, ordinal: int) -> str:
    """`A042`: three digits, four and more above 999."""
    return f"{queue}{ordinal:03d}"


def ticket_id(day: date, number: str) -> str:
    """`261124-A042`: unique in the hall for ever, so that yesterday's panel cannot touch today's ticket."""
    return f"{_short(day)}-{number}"


def number_of(ticket: str) -> str:
    """`A042` of `261124-A042`."""
    return ticket.rpartition("-")[2]


def call_id(day: date, seq: int) -> str:
    """`261124-17`: the day and the seq of the call's event."""
    return f"{_short(day)}-{seq}"


def _short(day: date) -> str:
    """`261124`."""
    return day.isoformat()[2:].replace("-", "")
