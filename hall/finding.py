"""A number as people say and write it, and the ticket of today that has it."""

import re
import unicodedata

from hall.model import Hall, Ticket
from hall.numbering import number

PARTS = re.compile(r"(\D*?)(\d+)")
BETWEEN = re.compile(r"[\W_]")  # what people write around letter and figures: blanks, dashes, "#"


def find(hall: Hall, typed: str) -> list[Ticket]:
    """Today's tickets with this number, in the order of the queues: "A042", "a42" and "A 042" are one, and
    "42" is that of every queue. A letter typed without its mark finds the marked one: "d12" is Đ012.
    """
    parts = PARTS.fullmatch(BETWEEN.sub("", unicodedata.normalize("NFKC", typed)))
    if parts is None:
        return []
    letter, ordinal = _plain(parts[1]), int(parts[2])
    queues = [queue for queue in hall.issued if not letter or _plain(queue) == letter]
    order = list(hall.setup.queues)
    queues.sort(key=lambda queue: order.index(queue) if queue in order else len(order))
    wanted = {number(queue, ordinal): place for place, queue in enumerate(queues)}
    # By number: the id of one who came along when the clock's date was put is of another day.
    found = [ticket for ticket in hall.tickets.values() if ticket.number in wanted]
    return sorted(found, key=lambda ticket: wanted[ticket.number])


def _plain(letter: str) -> str:
    """ "Đ" and "d" are "D", and so is the Icelandic letter that looks like "Đ"."""
    apart = unicodedata.normalize("NFD", letter.upper().translate({0x110: "D", 0xD0: "D"}))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
