"""The wall, seen in a real browser: what a hall of a hundred people sees."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.page_time import stand_still
from tests.rules.builders import MORNING
from tests.screens.walls import NOW, Here, MakeWall, Wall, a_hall, board, calling, number_at, served, walls

READABLE_AT_TEN_METRES = 192  # of 1080 lines: 122 mm, 0.7 degrees, on a screen of 55 inches
CAP_HEIGHT = 0.7  # of Be Vietnam Pro, in em

# What moves in the moment of a call: later some of it has come to rest.
MOVING = """(snapshot) => {
  window.tell(snapshot);
  return document.getAnimations().map((each) => each.effect.getComputedTiming())
    .map((timing) => ({ ms: timing.duration, times: timing.iterations, end: timing.endTime }));
}"""


@pytest.fixture(scope="module")
def site() -> Iterator[tuple[str, Here]]:
    with served() as opened:
        yield opened


@pytest.fixture
def make_wall(browser: Browser, site: tuple[str, Here]) -> Iterator[MakeWall]:
    with walls(browser, *site) as make:
        yield make


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (3840, 2160)])
@pytest.mark.parametrize("counters", [1, 10, 30, 67])
def test_a_wall_of_1_to_67_counters_fills_the_screen_and_nothing_leaves_it(
    make_wall: MakeWall, width: int, height: int, counters: int
) -> None:
    hall = calling(a_hall(counters), *range(min(counters, 6), 0, -1))

    wall = make_wall(width, height, still=True).open(hall, board(hall))

    size = wall.page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight, "
        "document.querySelector('[data-wall]').getBoundingClientRect().width, "
        "document.querySelector('[data-wall]').getBoundingClientRect().height]"
    )
    assert size == [width, height, width, height]
    assert wall.overflowing() == []


def test_the_newest_call_is_gold_and_can_be_read_at_ten_metres(make_wall: MakeWall) -> None:
    hall = calling(a_hall(), 3, 2, 1)

    wall = make_wall(still=True).open(hall, board(hall))

    assert wall.state == "called"
    assert wall.number == number_at(1)
    card = wall.page.locator("[data-stage] .card")
    expect(card).to_have_css("background-color", "rgb(255, 184, 28)")
    expect(card).to_contain_text("đến Quầy 1")
    size = card.locator("[data-number]").evaluate("(each) => parseFloat(getComputedStyle(each).fontSize)")
    assert size * CAP_HEIGHT >= READABLE_AT_TEN_METRES


def test_the_table_has_the_calls_before_it_and_their_counters(make_wall: MakeWall) -> None:
    hall = calling(a_hall(), 8, 6, 5, 4, 3, 2, 1)

    wall = make_wall(still=True).open(hall, board(hall))

    rows = wall.page.locator("[data-recent] li")
    assert [text.replace("\n", "") for text in rows.all_inner_texts()] == [
        f"{number_at(counter)}{counter}" for counter in (2, 3, 4, 5, 6, 8)
    ]


def test_who_is_at_work_has_a_cell_and_the_others_share_a_line(make_wall: MakeWall) -> None:
    hall = a_hall()
    snapshot = board(hall)
    snapshot["counters"][8] |= {"state": "closed", "number": None}
    snapshot["counters"][9] |= {"number": None}

    wall = make_wall(still=True).open(hall, snapshot)

    cells = [text.replace("\n", "") for text in wall.page.locator("[data-strip] li").all_inner_texts()]
    assert cells[0] == f"Quầy 1{number_at(1)}"
    assert cells[-1] == "Quầy 10Trống"
    assert len(cells) == 8
    rest = wall.page.locator("[data-strip-rest]")
    expect(rest).to_have_text("Tạm nghỉ · Paused: Quầy 7. Đóng · Closed: Quầy 9.")


def test_every_one_of_67_counters_at_work_and_of_12_queues_is_seen_in_its_time(make_wall: MakeWall) -> None:
    letters = "ABCDEFGHKLMN"
    hall = a_hall(67)
    queues = [{"id": each, "name": f"Lĩnh vực {each}", "waiting": 1234} for each in letters]
    wall = make_wall(still=True)
    wall.page.clock.install(time=NOW)
    wall.open(hall, board(hall, queues=queues))
    stand_still(wall.page)

    seen: set[str] = set()
    for _ in range(12):
        wall_now = wall.page
        seen |= set(wall_now.locator("[data-strip] [data-head]").all_inner_texts())
        seen |= set(wall_now.locator("[data-waiting] [data-letter]").all_inner_texts())
        wall_now.clock.run_for(8_000)

    at_work = {f"Quầy {each}" for each in range(1, 68) if each % 7}
    assert seen == at_work | set(letters)


def test_the_wall_says_who_waits_the_hours_the_date_and_the_hubs_time(make_wall: MakeWall) -> None:
    hall = a_hall()

    wall = make_wall(still=True).open(hall, board(hall))

    expect(wall.page.locator("[data-time]")).to_have_text("08:31")
    expect(wall.page.locator("[data-date]")).to_have_text("Thứ Ba, 24/11/2026")
    expect(wall.page.locator("[data-waiting] li").nth(3)).to_have_text("DXây dựng9")
    expect(wall.page.locator("[data-hours]")).to_have_text("Giờ làm việc hôm nay: 07:30–11:30, 13:30–17:00")
    expect(wall.page.locator("[data-ticker]")).to_contain_text("Từ ngày 01/12")


def test_on_a_day_without_hours_none_are_named(make_wall: MakeWall) -> None:
    hall = a_hall()
    sunday = NOW.replace(day=29)

    wall = make_wall(still=True).open(hall, board(hall, message=None))
    expect(wall.page.locator("[data-hours-part]")).to_be_visible()

    wall.tell(hall, board(hall, now=sunday, version=2, message=None))

    expect(wall.page.locator("[data-hours-part]")).to_be_hidden()


def test_a_queue_whose_counter_is_closed_says_so_beside_who_waits(make_wall: MakeWall) -> None:
    hall = a_hall()

    wall = make_wall(still=True).open(hall, board(hall, unattended_queues=["B"]))

    expect(wall.page.locator("[data-waiting] li").nth(1)).to_have_text("BHộ tịch3chưa mở")
    expect(wall.page.locator("[data-waiting] li").nth(2)).to_have_text("CĐất đai6")


def test_a_long_message_is_shown_in_pages_and_never_cut(make_wall: MakeWall) -> None:
    hall = a_hall()
    message = " ".join(f"Điều {each}: xin ông bà chuẩn bị giấy tờ." for each in range(1, 8))
    wall = make_wall(still=True)
    wall.page.clock.install(time=NOW)
    wall.open(hall, board(hall, message=message))
    stand_still(wall.page)

    line, seen = wall.page.locator("[data-ticker]"), set()
    for _ in range(9):  # more pages than it has with any browser's letters
        assert line.evaluate("(line) => line.scrollWidth <= line.clientWidth")
        seen |= set(line.inner_text().removesuffix(" …").split())
        wall.page.clock.run_for(9_000)

    assert set(message.split()) <= seen


def test_a_new_call_moves_slower_than_three_times_a_second_and_comes_to_rest(make_wall: MakeWall) -> None:
    wall = make_wall().open(a_hall(), board(a_hall()), "?sound=off")

    moving = wall.page.evaluate(MOVING, board(calling(a_hall(), 1), version=2))

    assert len(moving) == 3
    assert all(each["ms"] > 1000 / 3 and each["times"] <= 3 and each["end"] < 6000 for each in moving)
    wall.page.evaluate("document.getAnimations().forEach((each) => each.updatePlaybackRate(10))")
    wall.page.wait_for_function(
        "() => document.getAnimations().every((each) => each.playState === 'finished')"
    )


def test_who_asked_for_no_movement_gets_none(make_wall: MakeWall) -> None:
    hall = calling(a_hall(), 1)

    wall = make_wall(still=True).open(hall, board(hall))

    moving = "document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime > 1).length"
    assert wall.page.evaluate(moving) == 0
    expect(wall.page.locator("[data-stage] .card")).to_have_css("outline-style", "solid")


def test_calls_of_one_moment_share_the_panel_and_are_in_the_table_at_once(make_wall: MakeWall) -> None:
    hall = a_hall()
    wall = make_wall(still=True)
    wall.page.clock.install(time=NOW)
    wall.open(hall, board(hall), "?sound=off")
    stand_still(wall.page)

    hall = calling(hall, 3, 2, 1, apart=1)
    wall.tell(hall, board(hall, version=2))

    assert wall.number == number_at(3)
    assert {number_at(1), number_at(2)} <= {
        text.replace("\n", "") for text in wall.page.locator("[data-recent] [data-number]").all_inner_texts()
    }
    wall.page.clock.run_for(8_500)
    assert wall.number == number_at(2)
    wall.page.clock.run_for(8_500)
    assert wall.number == number_at(1)
    wall.page.clock.run_for(120_000)
    assert (wall.state, wall.number) == ("rest", number_at(1))


def test_a_cut_off_wall_keeps_its_numbers_under_a_banner_with_their_age(make_wall: MakeWall) -> None:
    hall = calling(a_hall(), 1)
    wall = make_wall(still=True).open(hall, board(hall))

    wall.page.evaluate(
        "wishes.onState({ online: false, refused: null, lastAt: performance.now() - 4 * 60000 - 1000 })"
    )

    banner = wall.page.locator("[data-banner]")
    expect(banner).to_contain_text("Mất kết nối từ 08:27 (4 phút trước)")
    assert wall.number == number_at(1)
    expect(banner).to_contain_text("No connection since 08:27")
    wall.tell(hall, board(hall, version=2))
    expect(banner).to_be_hidden()


@pytest.mark.parametrize(
    ("at", "title", "text", "english"),
    [
        ((7, 12), "Chưa có quầy nào mở", "Các quầy gọi số từ 07:30.", "The counters call from 07:30."),
        ((6, 30), "Chưa đến giờ làm việc", "Mời ông bà trở lại lấy số lúc 07:00.", "at 07:00."),
        ((8, 30), "Chưa có quầy nào mở", "Xin ông bà ngồi chờ", "take a seat"),
        ((11, 45), "Nghỉ trưa", "Mời ông bà trở lại lấy số lúc 13:00.", "at 13:00."),
        ((17, 20), "Đã hết giờ làm việc", "lúc 07:00 Thứ Tư, ngày 25/11.", "at 07:00 on Wednesday"),
    ],
)
def test_a_wall_without_calls_says_why_and_until_when(
    make_wall: MakeWall, at: tuple[int, int], title: str, text: str, english: str
) -> None:
    hall, now = a_hall(), MORNING.replace(hour=at[0], minute=at[1])

    wall = make_wall(still=True).open(hall, board(hall, now=now, busy=False))

    expect(wall.page.locator("[data-stage] [data-title]")).to_have_text(title)
    expect(wall.page.locator("[data-stage] [data-text]")).to_contain_text(text)
    expect(wall.page.locator("[data-stage] [data-text-en]")).to_contain_text(english)


def test_a_citizen_called_as_the_hall_closes_is_still_shown(make_wall: MakeWall) -> None:
    now = MORNING.replace(hour=11, minute=31)
    hall = calling(a_hall(), 1, now=now)

    wall = make_wall(still=True).open(hall, board(hall, now=now))

    assert (wall.state, wall.number) == ("called", number_at(1))


def test_a_display_without_permission_says_whom_to_ask(make_wall: MakeWall) -> None:
    wall = make_wall(still=True).open(a_hall(), None)

    wall.page.evaluate("window.wishes.onState({ online: false, lastAt: null, refused: 'unauthenticated' })")

    expect(wall.page.locator("[data-stage]")).to_contain_text("Màn hình chưa được phép")


@pytest.mark.parametrize(
    "called_to",
    [
        "Bàn tiếp nhận số 3",
        "Bàn tiếp nhận hồ sơ",
        "Bộ phận Tiếp nhận và Trả kết quả số 3",
        "Bàn hướng dẫn kê khai hồ sơ trực tuyến và tiếp nhận phản ánh",
    ],
)
def test_long_counter_names_stay_inside_and_unknown_kinds_are_kept_whole(
    make_wall: MakeWall, called_to: str
) -> None:
    names = {
        "1": called_to,
        "3": "Bàn tiếp nhận phản ánh và hướng dẫn kê khai hồ sơ trực tuyến",
        "2": "Quầy 2 - Tiếp nhận và trả kết quả hồ sơ đất đai, môi trường",
    }
    hall = calling(a_hall(12, names), 3, 2, 1)

    wall = make_wall(still=True).open(hall, board(hall))

    expect(wall.page.locator("[data-stage] [data-counter]")).to_have_text(f"đến {names['1']}")
    assert wall.overflowing() == []


def test_markup_in_a_name_or_message_is_shown_as_text(make_wall: MakeWall) -> None:
    nasty = "<img src=x onerror=\"document.title='owned'\">"
    hall = calling(a_hall(2, {"1": f"Quầy 1 - {nasty}"}), 1)

    wall = make_wall(still=True).open(hall, board(hall, message=nasty))

    expect(wall.page.locator("[data-ticker]")).to_have_text(nasty)
    expect(wall.page.locator("[data-wall] img")).to_have_count(0)
    assert wall.page.title() != "owned"


@pytest.mark.parametrize("hour", [8, 17])
def test_the_wall_can_be_read_by_everybody(make_wall: MakeWall, hour: int) -> None:
    now = NOW.replace(hour=hour)
    hall = calling(a_hall(), 2, 1, now=now) if hour == 8 else a_hall()
    wall = make_wall(still=True).open(hall, board(hall, now=now))

    found = Axe().run(
        wall.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21aa", "wcag22aa"]}
    )

    assert found.violations_count == 0, found.generate_report()


LONG_NAMES = {
    "1": "Bàn hướng dẫn kê khai hồ sơ trực tuyến và tiếp nhận phản ánh",
    "2": "Quầy 2 - Tiếp nhận và trả kết quả hồ sơ đất đai, môi trường",
    "3": "Bộ phận Tiếp nhận và Trả kết quả số 3",
    "4": "Phòng 201",
}
# Every text that is seen: its size at 1080 lines, whether it lies where a set cuts off the picture,
# touches another, or lacks room for the marks above its letters. What is shortened ends with its element.
LEAST, SAFE = 48, 0.029
UNREADABLE = """([least, safe]) => {
  const faults = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const boxes = [];
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || !element.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = (element.matches(".name-head, .line-name") ? element : range).getBoundingClientRect();
    if (box.width === 0) continue;
    const said = `${element.className || element.parentElement.className} "${node.textContent.trim()}"`;
    const size = parseFloat(getComputedStyle(element).fontSize) * (1080 / innerHeight);
    if (size < least - 0.01) faults.push(`${size} px: ${said}`);
    if (box.left < safe * innerWidth || box.top < safe * innerHeight ||
        box.right > (1 - safe) * innerWidth || box.bottom > (1 - safe) * innerHeight)
      faults.push(`at the edge: ${said}`);
    const { overflowX, lineHeight, fontSize } = getComputedStyle(element);
    if (overflowX !== "visible" && parseFloat(lineHeight) < 1.25 * parseFloat(fontSize))
      faults.push(`marks are cut: ${said}`);
    boxes.push({ box, said, cell: element.closest("li") });
  }
  for (const { box, said, cell } of boxes) {
    if (cell && boxes.some((other) => other.cell && other.cell !== cell &&
        other.box.left < box.right - 1 && other.box.right > box.left + 1 &&
        other.box.top < box.bottom - 12 && other.box.bottom > box.top + 12)) faults.push(`touched: ${said}`);
  }
  const page = document.documentElement;
  if (page.scrollWidth > innerWidth || page.scrollHeight > innerHeight) faults.push("it scrolls");
  return faults;
}"""


def unreadable(wall: Wall) -> list[str]:
    found = wall.page.evaluate(UNREADABLE, [LEAST, SAFE])
    return [*map(str, found), *wall.overflowing()]


@pytest.mark.parametrize("state", ["idle", "called", "crowd", "rest", "nobody", "closed", "offline", "sound"])
@pytest.mark.parametrize("counters", [1, 3, 12, 24, 67])
def test_all_that_is_read_in_the_hall_can_be_read_at_ten_metres(
    make_wall: MakeWall, state: str, counters: int
) -> None:
    hour = 18 if state == "closed" else 8
    now = NOW.replace(hour=hour)
    hall = a_hall(counters, LONG_NAMES if counters == 12 else None)
    ago, apart = (200, 70) if state == "rest" else (2, 1 if state == "crowd" else 70)
    if state in ("called", "crowd", "rest", "offline"):
        hall = calling(hall, *range(min(counters, 8), 0, -1), now=now, ago=ago, apart=apart)
    snapshot = board(hall, now=now, busy=state not in ("nobody", "closed"))
    wall = make_wall(still=True).open(hall, snapshot, "" if state == "sound" else "?sound=off")
    if state == "offline":
        wall.page.evaluate(
            "wishes.onState({ online: false, refused: null, lastAt: performance.now() - 5e6 })"
        )
        expect(wall.page.locator("[data-banner]")).to_be_visible()

    assert unreadable(wall) == []


@pytest.mark.parametrize("queues", [2, 6, 12])
@pytest.mark.parametrize("name", ["Hộ tịch", "Giải quyết chế độ chính sách cho người có công với cách mạng"])
@pytest.mark.parametrize("waiting", [0, 7, 1234])
def test_who_waits_can_be_read_in_every_queue_whatever_its_name_and_number(
    make_wall: MakeWall, queues: int, name: str, waiting: int
) -> None:
    hall = a_hall()
    lines = [{"id": letter, "name": name, "waiting": waiting} for letter in "ABCDEFGHKLMN"[:queues]]

    wall = make_wall(still=True).open(hall, board(hall, queues=lines, unattended_queues=["A"]))

    assert unreadable(wall) == []
    expect(wall.page.locator("[data-waiting] li").first).to_contain_text(str(waiting))


@pytest.mark.parametrize("height", [1080, 2160])
def test_a_wall_that_starts_or_is_not_allowed_can_be_read_in_both_languages(
    make_wall: MakeWall, height: int
) -> None:
    wall = make_wall(height * 16 // 9, height, still=True).open(a_hall(), None, "?sound=off")
    expect(wall.page.locator("[data-stage]")).to_contain_text("One moment please")
    assert unreadable(wall) == []

    wall.page.evaluate("wishes.onState({ online: false, lastAt: null, refused: 'unauthenticated' })")

    expect(wall.page.locator("[data-stage]")).to_contain_text("This screen is not allowed yet")
    assert unreadable(wall) == []
