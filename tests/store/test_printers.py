"""What a printer has shown that it can do is still known after a restart."""

from datetime import UTC, datetime
from pathlib import Path

from store.engine import open_store
from store.printers import Ability, KnownPrinters

NOW = datetime(2026, 11, 24, 1, 31, tzinfo=UTC)


def test_after_a_restart_it_is_known_what_a_printer_can_do(tmp_path: Path) -> None:
    before = open_store(tmp_path, lock=False)
    KnownPrinters(before).learn("front", "10.0.0.9:9100", Ability(status=True), NOW)
    KnownPrinters(before).learn("front", "10.0.0.9:9100", Ability(status=True, barrier="mark"), NOW)
    before.close()

    after = open_store(tmp_path, lock=False)
    known = KnownPrinters(after)

    assert known.ability("front", "10.0.0.9:9100") == Ability(status=True, barrier="mark")
    assert [(each.name, each.where, each.learnt_at) for each in known.all()] == [
        ("front", "10.0.0.9:9100", NOW)
    ]
    after.close()


def test_another_printer_at_another_address_is_not_believed_to_be_the_same(tmp_path: Path) -> None:
    database = open_store(tmp_path, lock=False)
    known = KnownPrinters(database)
    known.learn("front", "10.0.0.9:9100", Ability(status=True, barrier="mark"), NOW)

    assert known.ability("front", "10.0.0.10:9100") == Ability()
    assert known.ability("back", "10.0.0.9:9100") == Ability()
    database.close()
