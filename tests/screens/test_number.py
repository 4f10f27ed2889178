"""The number of a ticket as eyes see it: one word at every size, and the numbers of a list in line."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.page_drawn import drawn

NUMBERS = ("C001", "E004", "A111", "B1110", "L171", "F077", "T010")
SHOWN = """async ({numbers, px}) => {
  const { numberInto } = await import("/static/web/number.js");
  const list = document.createElement("div");
  Object.assign(list.style, { position: "fixed", inset: "0", background: "#fff", color: "#000",
    fontSize: `${px}px`, display: "grid", justifyItems: "start", alignContent: "start" });
  for (const number of numbers) {
    const row = document.createElement("div");
    numberInto(row, number);
    list.append(row);
  }
  document.body.replaceChildren(list);
  await document.fonts.load(`800 ${px}px "Be Vietnam Pro"`);
  return [...list.children].map((row) => row.getBoundingClientRect()).map(({ x, y, width, height }) =>
    ({ x, y, width, height }));
}"""


def columns(picture: Image.Image) -> list[bool]:
    """Whether there is ink in each column."""
    dark = picture.convert("L").point(lambda shade: 255 if shade < 128 else 0)
    return [dark.crop((x, 0, x + 1, dark.height)).getbbox() is not None for x in range(dark.width)]


def runs(inked: list[bool], wanted: bool) -> list[int]:
    """How wide each stretch with (or without) ink is, between the first and the last ink."""
    first, last = inked.index(True), len(inked) - inked[::-1].index(True)
    found, now = [], 0
    for column in [*inked[first:last], not wanted]:
        if column is wanted:
            now += 1
        elif now:
            found.append(now)
            now = 0
    return found


@pytest.mark.parametrize("px", [24, 60, 150])
def test_a_number_with_a_one_in_it_is_one_word_on_a_screen(page: Page, kiosk_address: str, px: int) -> None:
    page.set_viewport_size({"width": 1080, "height": 1920})
    page.goto(f"{kiosk_address}/kiosk/thach-ha")
    drawn(page)

    boxes = page.evaluate(SHOWN, {"numbers": NUMBERS, "px": px})
    drawn(page)
    whole = Image.open(BytesIO(page.screenshot()))

    figure = 0.638 * px  # the ink of a zero
    for number, box in zip(NUMBERS, boxes, strict=True):
        ink = columns(whole.crop((round(box["x"]), round(box["y"]), 1080, round(box["y"] + box["height"]))))
        gaps = runs(ink, wanted=False)
        assert gaps, number
        assert max(gaps) < figure / 3, number
    by_length: dict[int, set[float]] = {}
    for number, box in zip(NUMBERS, boxes, strict=True):
        by_length.setdefault(len(number), set()).add(round(box["width"], 1))
    assert {box["x"] for box in boxes} == {0}
    assert all(len(widths) == 1 for widths in by_length.values()), "the edges of a list are in line"
