"""The counter panel to the eye: read by everybody, nothing cut, nothing that moves, in every state."""

import json

import pytest
from playwright.sync_api import expect

from tests.page_drawn import drawn
from tests.running import HERE, RunningHall
from tests.screens.panels import CUT, PLACES, MakePanel, come


@pytest.mark.parametrize("size", [(1366, 768), (1024, 768)], ids=["1366", "1024"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_state_can_be_read_by_everybody_and_nothing_scrolls_or_moves(
    make_panel: MakePanel, demo_hall: RunningHall, size: tuple[int, int], language: str
) -> None:
    panel = make_panel(size).open()
    if language == "en":
        panel["language"].click()
    places: set[str] = set()

    def look(*, acts: bool = True) -> None:
        assert panel.leaves_the_screen() == []
        assert panel.faults() == []
        if acts:
            places.add(json.dumps(panel.page.evaluate(PLACES)))

    look(acts=False)
    panel.log_in("canbo2")
    expect(panel.counter_button("2").locator("[data-takes]")).not_to_be_empty()
    look(acts=False)
    panel.counter_button("2").click()
    panel.at("free")
    look()
    come(demo_hall, "CT02", priority="NCT")
    come(demo_hall, "CT01", "CT05")
    panel.press("Space").at("called")
    look()
    panel.press("Space").at("serving")
    look()
    for key, name in [("h", "hold"), ("t", "transfer"), ("u", "priority"), ("x", "cancel"), ("?", "keys")]:
        panel.press(key).dialog(name)
        look()
        panel.press("Escape")
    panel.press("1", "Enter").at("free")
    for key, name in [("c", "call"), ("p", "pause")]:
        panel.press(key).dialog(name)
        look()
        panel.press("Escape")
    panel["do-hall"].click()
    look()
    panel.press("Escape")
    for _ in range(2):
        panel.press("Space").at("called").press("Delete").at("free")
    panel.press("p").dialog("pause")
    panel.press("1", "Enter").at("paused")
    look()
    panel.press("Space").at("free")
    assert len(places) == 1


def test_every_procedure_of_the_catalogue_fits_the_card(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    panel = make_panel().sit_down("canbo2", "2")
    come(demo_hall, "CT01", priority="NCT")
    panel.press("Space").at("called")
    procedures = demo_hall.caller().get(HERE).json["procedures"]
    drawn(panel.page)

    cut = panel.page.evaluate(CUT, procedures)

    assert cut == {}
