"""The kiosk to eye and finger: large enough, nothing outside or covered, read by everybody, soon there."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from hall.words import shortened
from tests.page_drawn import drawn
from tests.screens.kiosk_page import FIELD_HT, SAO_Y, SIZES, TAKE, KioskPage


def every_step(kiosk: KioskPage, mode: str, language: str) -> Iterator[list[str]]:
    """What leads there from the start, once the step is drawn whole."""
    if mode:
        kiosk.touch(f"[data-mode='{mode}']")
    if language == "en":
        kiosk.language("en")
    for way in ([], [FIELD_HT], ["[data-open-search]"], [SAO_Y], [SAO_Y, TAKE]):
        for what in way:
            kiosk.touch(what)
            kiosk.settle()
        if TAKE in way:
            kiosk.at("ticket")
        drawn(kiosk.page)
        yield way
        kiosk.touch("[data-done]" if TAKE in way else "[data-back]" if way else "h1")
        kiosk.at("start")


@SIZES
@pytest.mark.parametrize(
    ("mode", "language"),
    [("", "vi"), ("", "en"), ("large", "vi"), ("large", "en"), ("contrast", "vi"), ("low", "vi")],
)
def test_all_that_is_touched_is_large_and_nothing_runs_over_the_edge(
    kiosk: KioskPage, size: tuple[int, int], language: str, mode: str
) -> None:
    kiosk.open(size)
    for way in every_step(kiosk, mode, language):
        assert kiosk.page.evaluate(FAULTS, 44 if mode == "large" else 28) == [], way


@SIZES
@pytest.mark.parametrize("mode", ["", "large", "low"])
def test_names_of_hundreds_of_signs_cover_nothing_and_run_over_no_edge(
    kiosk: KioskPage, size: tuple[int, int], mode: str
) -> None:
    name = " ".join(["Chuyển mục đích sử dụng đất, giao đất, cho thuê đất đối với hộ gia đình, cá nhân"] * 7)
    for procedure in kiosk.facts["procedures"]:
        procedure |= {"name": name[:569], "short": shortened(name, 120)}
    kiosk.facts["fields"][0] |= {"name": name[:80], "examples": "chuyển mục đích, giao đất, thuê đất"}
    kiosk.open(size)
    for way in every_step(kiosk, mode, "vi"):
        assert kiosk.page.evaluate(FAULTS, 44 if mode == "large" else 28) == [], way


# Buttons under 88 px, letters under the least size, and what lies outside the window or under something else.
FAULTS = """(least) => {
  const seen = [...document.querySelectorAll("body *")].filter((each) => each.checkVisibility());
  const named = (each) => `${each.className || each.tagName} "${each.textContent.trim().slice(0, 30)}"`;
  const small = seen.filter((each) => {
    const { width, height } = each.getBoundingClientRect();
    return each.matches("button") && (width < 87.9 || height < 87.9);
  });
  const fine = seen.filter((each) => {
    const own = [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    return own && parseFloat(getComputedStyle(each).fontSize) < least - 0.1;
  });
  const outside = seen.filter((each) => {
    if (each.closest(".scroll") || each.closest("svg")) return false;
    const box = each.getBoundingClientRect();
    return box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1;
  });
  const covered = seen.filter((each) => {
    if (!each.matches("button") || each.closest(".scroll") || each.disabled) return false;
    const box = each.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return !each.contains(top) && !document.querySelector(".settling");
  });
  return [...small, ...fine, ...outside, ...covered].map(named);
}"""


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("mode", ["", "contrast"])
def test_axe_finds_nothing_to_complain_of(kiosk: KioskPage, language: str, mode: str) -> None:
    kiosk.open()
    kiosk.page.clock.resume()  # axe waits for itself
    for way in every_step(kiosk, mode, language):
        found = Axe().run(
            kiosk.page,
            options={"rules": {"color-contrast-enhanced": {"enabled": True}}},
        )

        assert found.violations_count == 0, (way, found.generate_report())


def test_the_whole_page_weighs_less_than_400_kilobytes(kiosk: KioskPage) -> None:
    sizes: list[int] = []
    kiosk.page.on("response", lambda response: sizes.append(int(response.headers.get("content-length", 0))))

    kiosk.open()

    assert 100_000 < sum(sizes) < 380_000  # the stand-in of the socket library lacks 13 kB of the real one


def test_the_sign_of_a_cut_line_is_there_before_the_line_is_cut(kiosk: KioskPage) -> None:
    kiosk.open()
    asked: list[str] = []
    kiosk.page.on("request", lambda request: asked.append(request.url))
    kiosk.page.context.set_offline(True)

    kiosk.page.evaluate("window.hub.cut()")

    icon = kiosk.page.locator("[data-banner-icon]")
    expect(icon).to_be_visible()
    expect(icon).to_have_class("icon icon-wifi-off")
    assert icon.evaluate("(icon) => getComputedStyle(icon).maskImage").startswith('url("data:')
    assert [url for url in asked if ".svg" in url] == []
