"""What the tiles of the kiosk tell before one is touched: what is full, who calls, what for, at which age."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.screens.kiosk_page import SAO_Y, SIZES, KioskPage, snapshot

FIELD_CT = "[data-field='CT']"
GROUP = "[data-priority='NCT']"
WAIT = ("low_minutes", "likely_minutes", "high_minutes")
# What leaves the tile it stands in.
OVER_THE_EDGE = """() => [...document.querySelectorAll('.tile')].flatMap((tile) => {
  const outer = tile.getBoundingClientRect();
  return [...tile.querySelectorAll('*')].filter((each) => {
    const inner = each.getBoundingClientRect();
    return inner.width > 0 && (inner.right > outer.right + 1 || inner.bottom > outer.bottom + 1);
  }).map((each) => each.textContent);
})"""


@SIZES
@pytest.mark.parametrize("mode", ["", "large", "low"])
def test_a_full_queue_looks_and_says_full_on_every_tile_that_leads_there(
    kiosk: KioskPage, size: tuple[int, int], mode: str
) -> None:
    full = snapshot()
    full["queues"][0]["refusal"] = "quota_reached"
    kiosk.snapshot = full
    kiosk.open(size)
    if mode:
        kiosk.touch(f"[data-mode='{mode}']")

    for tile in ("[data-frequent] [data-procedure='CT01']", "[data-fields] [data-field='CT']"):
        button = kiosk.page.locator(tile)
        expect(button.locator("[data-line]")).to_be_visible()
        expect(button.locator("[data-line]")).to_have_text("Hôm nay đã hết số")
        expect(button).to_have_css("border-style", "dashed")
    alive = kiosk.page.locator("[data-frequent] [data-procedure='HT01']")
    expect(alive).to_have_css("border-style", "solid")
    kiosk.touch(FIELD_CT)
    kiosk.at("field")
    expect(kiosk.page.locator(f".list {SAO_Y}")).to_have_css("border-style", "dashed")


@pytest.mark.parametrize("mode", ["", "contrast"])
def test_what_is_full_can_be_read_by_everybody(kiosk: KioskPage, mode: str) -> None:
    full = snapshot()
    for queue in full["queues"]:
        queue["refusal"] = "quota_reached"
    kiosk.snapshot = full
    kiosk.open()
    kiosk.page.clock.resume()  # axe waits for itself
    if mode:
        kiosk.touch(f"[data-mode='{mode}']")
    expect(kiosk.page.locator("[data-result-out]")).to_have_text("Hôm nay đã hết số")

    found = Axe().run(kiosk.page, options={"rules": {"color-contrast-enhanced": {"enabled": True}}})

    assert found.violations_count == 0, found.generate_report()


def test_a_tile_says_that_no_counter_calls_its_queue(kiosk: KioskPage) -> None:
    early = {"why": "before_hours", "opens_at": "2026-11-24T07:30:00+07:00"}
    some = snapshot()
    some["queues"][0]["unattended"] = early
    some["queues"][3]["unattended"] = {"why": "closed", "opens_at": None}
    kiosk.snapshot = some

    kiosk.open()

    assert kiosk.text("[data-field='CT'] [data-line]") == "8 người · quầy mở 07:30"
    assert kiosk.text("[data-field='XD'] [data-line]") == "Quầy chưa mở"


@SIZES
@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_a_tile_says_of_a_long_line_stays_inside_of_it(
    kiosk: KioskPage, size: tuple[int, int], language: str
) -> None:
    some = snapshot()
    for place, queue in enumerate(some["queues"]):
        closed, hours = {"why": "closed", "opens_at": None}, dict.fromkeys(WAIT, 240) | {"low_minutes": 175}
        shut = place % 2 == 1
        queue |= {"waiting": 1234, "unattended": closed if shut else None, "wait": None if shut else hours}
    kiosk.snapshot = some
    kiosk.open(size)
    kiosk.language(language)

    assert kiosk.page.evaluate(OVER_THE_EDGE) == []


@SIZES
def test_the_tile_of_a_field_says_what_people_come_for(kiosk: KioskPage, size: tuple[int, int]) -> None:
    kiosk.open(size)

    tile = kiosk.page.locator("[data-fields] [data-field='HT']")
    expect(tile.locator("[data-name]")).to_have_text("Hộ tịch")
    expect(tile.locator("[data-examples]")).to_have_text("khai sinh, kết hôn, khai tử")
    expect(kiosk.page.locator("[data-field='TK'] [data-examples]")).to_be_in_viewport(ratio=1)
    expect(kiosk.page.locator(".start .scroll-more")).to_be_hidden()


def test_the_examples_of_another_hall_are_its_own_and_may_be_missing(kiosk: KioskPage) -> None:
    first, second = kiosk.facts["fields"][:2]
    first |= {"name": "Bán thuốc theo đơn", "examples": "", "examples_en": ""}
    second |= {"name": "Tư vấn (huyết áp, tiểu đường)", "examples": "huyết áp, tiểu đường"}

    kiosk.open()

    expect(kiosk.page.locator(f"[data-field='{first['code']}'] [data-examples]")).to_be_hidden()
    expect(kiosk.page.locator(f"[data-field='{second['code']}'] [data-examples]")).to_have_text(
        "huyết áp, tiểu đường"
    )


def test_the_group_of_the_old_says_its_age_as_the_ground_has_it(kiosk: KioskPage) -> None:
    kiosk.open()
    kiosk.touch(SAO_Y)
    kiosk.at("procedure")
    old = kiosk.page.locator(f".procedure {GROUP}")
    expect(old).to_contain_text("từ đủ 60 tuổi")

    kiosk.language("en")

    expect(old).to_contain_text("60 years or older")


def test_a_hall_without_groups_of_priority_asks_after_none(kiosk: KioskPage) -> None:
    """A bank: one large button, and no question that nothing answers."""
    kiosk.facts["priorities"] = []
    kiosk.open()
    kiosk.touch(SAO_Y)
    kiosk.at("procedure")

    expect(kiosk.page.locator(".procedure [data-take]")).to_have_text(
        re.compile(r"^\s*Lấy số\s*$"), use_inner_text=True
    )


@SIZES
@pytest.mark.parametrize("modes", [("low",), ("large", "low")])
def test_what_was_found_and_the_way_to_a_person_are_seen_within_low_reach(
    kiosk: KioskPage, size: tuple[int, int], modes: tuple[str, ...]
) -> None:
    kiosk.open(size)
    for mode in modes:
        kiosk.touch(f"[data-mode='{mode}']")
    kiosk.touch("[data-open-search]")
    kiosk.at("search")
    kiosk.page.locator("[data-input]").fill("đất")

    for place in range(2):
        expect(kiosk.page.locator("[data-found] [data-procedure]").nth(place)).to_be_in_viewport(ratio=1)
    kiosk.touch("[data-guidance-button]")
    kiosk.at("procedure")


@SIZES
def test_large_letters_within_low_reach_hide_no_group_above_an_empty_screen(
    kiosk: KioskPage, size: tuple[int, int]
) -> None:
    kiosk.open(size)
    for mode in ("large", "low"):
        kiosk.touch(f"[data-mode='{mode}']")
    kiosk.touch(SAO_Y)
    kiosk.at("procedure")

    kiosk.touch("[data-open-groups]")

    kiosk.at("priority")
    groups = kiosk.page.locator(".priority [data-groups] button")
    expect(groups).to_have_count(5)
    for group in groups.all():
        expect(group).to_be_in_viewport(ratio=1)
    expect(kiosk.page.locator(".priority .scroll-more")).to_be_hidden()
