"""The halls of examples/, each as it runs: what stands on their screens is of their own trade."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

import demo
from tests.page_drawn import drawn
from tests.running import BOUND_SECONDS, ROOT, Caller, RunningHall, run_command, running, wait_for

EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/config.toml"))
ONE, OTHER = "three-counters", "pharmacy"
VIETNAMESE = (
    "công dân|cán bộ|trung tâm|hồ sơ|thủ tục|lĩnh vực|lệ phí|sao y|sổ đỏ|khai sinh|ủy ban|giấy hẹn|tiếp nhận"
)
COMMUNE = re.compile(f"{VIETNAMESE}|citizen|officer|centre|dossier|procedure|certif", re.IGNORECASE)
IN_SOURCE = re.compile(VIETNAMESE, re.IGNORECASE)  # "data-procedure" is no word for people


@pytest.fixture(scope="module", params=EXAMPLES)
def example(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningHall]:
    config = ROOT / "examples" / request.param / "config.toml"
    with running(tmp_path_factory.mktemp(request.param) / "var", config=config) as hall:
        yield hall


def hall_of(example: RunningHall) -> tuple[str, dict[str, str]]:
    """Its id and the tokens of its devices."""
    tokens: dict[str, dict[str, str]] = json.loads((example.store / demo.FILE).read_text())
    ((hall, by_role),) = tokens.items()
    return hall, by_role


def pad_of(example: RunningHall, hall: str, counter: str) -> str:
    made = example.command("token", "create", "--role", "counter", "--hall", hall, "--counter", counter)
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_understood_as_it_stands(name: str) -> None:
    told = run_command("--config", f"examples/{name}/config.toml", "check-config")

    assert (told.returncode, told.stderr) == (0, "")
    assert "3 counters" in told.stdout


def test_there_is_a_small_hall_and_one_of_another_kind() -> None:
    assert {ONE, OTHER} <= set(EXAMPLES)


def taken(example: RunningHall, hall: str, kiosk: Caller) -> tuple[Any, str]:
    """A number for the first procedure: the answer, and the counter where it is called first."""
    facts = kiosk.get(f"/halls/{hall}").json
    procedure = facts["procedures"][0]
    issued = kiosk.post(f"/halls/{hall}/tickets", {"procedure": procedure["code"]}, f"take-{hall}").json
    counter = next(
        each["id"]
        for each in facts["counters"]
        if procedure["queue"] in [take["queue"] for take in each["takes"]]
    )
    return issued, counter


def test_a_visit_of_an_example_is_served_from_number_to_slip(example: RunningHall, browser: Browser) -> None:
    hall, tokens = hall_of(example)
    kiosk = example.caller(tokens["kiosk"])
    issued, counter = taken(example, hall, kiosk)
    pad = example.caller(token := pad_of(example, hall, counter))
    outcomes = kiosk.get(f"/halls/{hall}").json["outcomes"]
    seen: dict[str, str] = {}

    context = browser.new_context(viewport={"width": 1080, "height": 1920}, base_url=example.base)
    context.set_default_timeout(BOUND_SECONDS * 1000)
    page = context.new_page()
    seen |= kiosk_walk(page, f"/kiosk/{hall}#token={tokens['kiosk']}")
    seen["phone"] = text_of(page, issued["track_url"], "[data-phone][data-state=waiting]")
    assert pad.post(f"/halls/{hall}/counters/{counter}/open").status == 200
    seen["panel, free"] = text_of(page, f"/counter/{hall}#token={token}", "[data-panel][data-phase=free]")
    called = pad.post(f"/halls/{hall}/counters/{counter}/next").json
    assert called["ticket"]["number"] == issued["ticket"]["number"]
    seen["wall"] = text_of(page, f"/display/{hall}#token={tokens['display']}", ".card.is-gold")
    seen["phone, called"] = text_of(page, issued["track_url"], "[data-phone][data-state=called]")
    seen["panel, called"] = text_of(page, f"/counter/{hall}#token={token}", "[data-panel][data-phase=called]")
    ticket = f"/halls/{hall}/tickets/{called['ticket']['id']}"
    assert pad.post(f"{ticket}/start").status == 200
    assert pad.post(f"{ticket}/finish", {"outcome": outcomes[0]["code"]}).status == 200
    context.close()

    assert all(each["name"] in seen["panel, called"] for each in outcomes)
    assert wait_for(lambda: example.unprinted() == 0 and example.slips())
    if hall_name(example) != OTHER:
        return
    with urlopen(example.base + seen.pop("emblem")) as picture:
        assert picture.headers["Content-Type"] == "image/png"
        assert "immutable" in picture.headers["Cache-Control"]
        assert picture.read() == (ROOT / "examples" / OTHER / "emblem.png").read_bytes()
    pages = [f"/kiosk/{hall}", f"/display/{hall}", f"/counter/{hall}", issued["track_url"]]
    sources = [source_of(example, path.removeprefix(example.base)) for path in pages]
    assert [IN_SOURCE.findall(source) for source in sources] == [[]] * len(pages)
    seen |= {text: text for text in refusals(kiosk, pad, hall, ticket)}
    assert {where: found[0] for where, text in seen.items() if (found := COMMUNE.search(text))} == {}
    call = pad.get(f"/display/{hall}/announcement/{called['call']['id']}").json
    assert call["sentence_vi"].startswith("Xin mời khách hàng có số thứ tự A không không một đến")


def hall_name(example: RunningHall) -> str:
    return Path(example.config).parent.name


def kiosk_walk(page: Page, address: str) -> dict[str, str]:
    """What a customer reads on the way to a number, in both languages."""
    seen = {"kiosk, start": text_of(page, address, "[data-step=start]")}
    seen["emblem"] = page.evaluate("document.querySelector('.head-emblem')?.getAttribute('src') ?? ''")
    page.locator("[data-open-search]").click()
    page.locator("[data-step=search]").wait_for()
    seen["kiosk, search"] = page.locator("body").inner_text()
    page.locator("[data-found] [data-procedure]").first.click()
    page.locator("[data-step=procedure]").wait_for()
    seen["kiosk, procedure"] = page.locator("body").inner_text()
    page.locator("[data-language=en]").click()
    seen["kiosk, English"] = page.locator("body").inner_text()
    page.locator("[data-ordinary]:visible").click()
    page.locator("[data-step=ticket]").wait_for()
    seen["kiosk, number"] = page.locator("body").inner_text()
    return seen


def text_of(page: Page, address: str, there: str) -> str:
    """What can be read on a page once `there` is."""
    page.goto("about:blank")  # an address that differs in its fragment alone would load nothing
    page.goto(address)
    page.locator(there).wait_for()
    drawn(page)
    return page.locator("body").inner_text()


def source_of(example: RunningHall, path: str) -> str:
    """The page itself, with all the words it might ever say."""
    with urlopen(example.base + path) as page:
        source = str(page.read().decode())
    return re.sub(r'"empty":"[^"]*"', "", source)  # words that say nothing, whoever types them


def refusals(kiosk: Caller, pad: Caller, hall: str, ticket: str) -> list[str]:
    """What people are told that cannot be done."""
    answers = [
        kiosk.post(f"/halls/{hall}/tickets", {"procedure": "NONE1"}, "none"),
        pad.post(f"{ticket}/start"),
        pad.post(f"{ticket}/finish", {}),
    ]
    return [text for each in answers for key, text in each.json["error"].items() if key != "code"]
