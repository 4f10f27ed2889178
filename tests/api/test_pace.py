"""A stolen token gives out no more numbers than a kiosk could, and people learn which one it is."""

from pathlib import Path

from tests.configs import AT_NOON, changed
from tests.running import running

ALL_DAY = (
    (
        'days = ["mon", "tue", "wed", "thu", "fri"]',
        'days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]',
    ),
    ('opens = "07:30"', 'opens = "00:00"'),
    ('closes = "11:30"', 'closes = "13:29"'),
)


def test_a_stolen_kiosk_token_is_slowed_told_when_to_come_back_and_named_in_the_log(tmp_path: Path) -> None:
    config = changed(tmp_path, AT_NOON, *ALL_DAY, ("tickets_per_minute = 30", "tickets_per_minute = 5"))
    with running(tmp_path / "var", "--host", "127.0.0.1", config=config) as hall:
        thief, other = hall.caller(hall.new_token("kiosk")), hall.caller(hall.new_token("kiosk"))

        given = [thief.take("CT01", key=f"stolen {number}") for number in range(12)]

        assert [reply.status for reply in given[:5]] == [201] * 5
        assert (given[11].status, given[11].code) == (429, "rate_limited"), "a new minute may have begun once"
        assert 1 <= int(given[11].headers["Retry-After"]) <= 60
        assert other.take("CT01", key="of another").status == 201
        assert "(kiosk) asks for more than a hall can need: refused" in hall.log.read_text()
