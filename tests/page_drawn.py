"""A page as it stands before people: what is measured on it is not on its way any more."""

from playwright.sync_api import Page

# Letters are asked for when a text that needs them is laid out: before that all there are seem ready.
# An observer made now hears of its first size after those of the page have done what they do about theirs.
DRAWN = """async () => {
  do {
    document.body.getBoundingClientRect();
    await document.fonts.ready;
  } while (document.fonts.status === "loading");
  await new Promise((drawn) => new ResizeObserver(() => drawn()).observe(document.body));
}"""


def drawn(page: Page) -> None:
    """Waits until the letters are there and what goes by its size has been drawn at it."""
    page.evaluate(DRAWN)
