"""A backup put back in the middle of a day: what was given after it is not given again, and explained."""

from pathlib import Path

from tests.running import HERE, running


def test_the_first_holders_slip_does_not_open_the_ticket_of_another(tmp_path: Path) -> None:
    with running(tmp_path / "var") as hall:
        kiosk = hall.kiosk()
        first = [kiosk.take(key=f"before-{each}").json for each in range(10)]
        assert hall.command("backup", str(tmp_path / "kept.tar")).returncode == 0
        after = [kiosk.take(key=f"after-{each}").json for each in range(5)]
        hall.kill()
        restored = hall.command("restore", str(tmp_path / "kept.tar"))
        assert restored.returncode == 0, restored.stderr
        hall.start()

        new = [kiosk.take(key=f"new-{each}").json for each in range(5)]

        given = [each["ticket"]["number"] for each in (*first, *after, *new)]
        assert len(set(given)) == 20
        assert given[-5:] == [f"A{each}" for each in range(101, 106)]
        for each in after:
            look = hall.caller().get(f"/track/{each['token']}")
            assert (look.status, look.code) == (410, "number_lost")
            assert "khôi phục" in look.json["error"]["message_vi"]
            assert hall.caller().post(f"/track/{each['token']}/cancel", key="x").code == "number_lost"
        for each in first:
            assert hall.caller().get(f"/track/{each['token']}").json["number"] == each["ticket"]["number"]
        waiting = hall.caller().get(f"{HERE}/queues").json["queues"][0]["numbers"]
        assert waiting == [each["ticket"]["number"] for each in (*first, *new)]
        assert hall.command("verify").stdout == ""
