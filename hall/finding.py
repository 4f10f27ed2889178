"""A number as people say and write it, and the ticket of today that has it."""

import re
import unicodedata

from hall.model import Hall, Ticket
from hall.numbering import number, ticket_id

PARTS = re.compile(r"(\D*?)(\d+)")
BETWEEN = re.compile(r"[\s\-‐‑–.]")  # what people write between letter and figures


def find(hall: Hall, typed: str) -> list[Ticket]:
    """Today's tickets with this number, in the order of the queues: "A042", "a42" and "A 042" are one, and
    "42" is that of every queue. A letter typed without its mark finds the marked one: "d12" is Đ012.
    """
    parts = PARTS.fullmatch(BETWEEN.sub("", unicodedata.normalize("NFKC", typed)))
    if parts is None:
        return []
    letter, ordinal = _plain(parts[1]), int(parts[2])
    wanted = [queue for queue in hall.issued if not letter or _plain(queue) == letter]
    order = list(hall.setup.queues)
    wanted.sort(key=lambda queue: order.index(queue) if queue in order else len(order))
    found = (hall.tickets.get(ticket_id(hall.day, number(queue, ordinal))) for queue in wanted)
    return [ticket for ticket in found if ticket is not None]


def _plain(letter: str) -> str:
    """ "Đ" and "d" are "D"."""
    apart = unicodedata.normalize("NFD", letter.upper().replace("Đ", "D"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
