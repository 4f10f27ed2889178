"""Every error of the configuration at once, with its file, line, key and what would be right."""

import re
from pathlib import Path

import pytest
from PIL import Image

import config
from tests.configs import changed, errors, line_of, the_error


def test_an_error_has_its_file_line_key_and_what_was_meant(tmp_path: Path) -> None:
    path = changed(tmp_path, ('takes = ["A", {', 'taks = ["A", {'))

    missing, unknown = errors(path)

    line = line_of(path, "taks")
    assert unknown.startswith(
        f"config.toml:{line}: [counter.1] taks: unknown key. Did you mean takes? Allowed: "
    )
    assert missing.startswith(
        f"config.toml:{line_of(path, '[counter.1]')}: [counter.1] takes: must be a list"
    )


@pytest.mark.parametrize(
    "typed",
    [
        *("Trung t©m Phôc vô hµnh chÝnh c«ng", "§Êt ®ai", "Trung taâm Phuïc vuï haønh chính coâng"),
        "Trung tÃ¢m Phá»¥c vá»¥",
    ],
)
def test_a_name_in_the_letters_of_an_old_font_is_told(tmp_path: Path, typed: str) -> None:
    """Pasted out of a document in .VnTime or VNI-Times it would stand so on the wall."""
    error = the_error(changed(tmp_path, ('name = "Chứng thực"', f'name = "{typed}"')))

    assert "[queue.A] name: " in error
    assert "is of an old font" in error


@pytest.mark.parametrize("typed", ["Cà phê Müller & Søn", "Vitamin 10 µg/ml", "Nhà 5 m², ½ giá © 2026"])
def test_a_foreign_sign_is_no_old_font(tmp_path: Path, typed: str) -> None:
    file = changed(tmp_path, ('name = "Chứng thực"', f'name = "{typed}"'))

    assert config.read(file, {}).setups["thach-ha"].queues["A"].name


def test_two_counters_that_are_called_alike_are_told(tmp_path: Path) -> None:
    more = '[counter.01]\nname = "QUẦY  01"\nplace = "{}"\ntakes = ["A"]\n\n[counter.2]'
    same = changed(tmp_path, ("[counter.2]", more.format("Dãy bên trái, ngay cửa vào")))
    assert "[counter.01]: " in the_error(same)
    assert "is called out like counter 1" in the_error(same)

    upstairs = changed(tmp_path, ("[counter.2]", more.format("Tầng 2")))
    assert "01" in config.read(upstairs, {}).setups["thach-ha"].counters


def test_all_errors_are_told_at_once_in_the_order_of_the_files(tmp_path: Path) -> None:
    path = changed(
        tmp_path,
        ('opens = "07:30"', 'opens = "7h30"'),
        ('hue = "#1B5E20"', 'hue = "#FFD700"'),
        ('takes = ["E"]', 'takes = ["X"]'),
        ("port = 8000", 'port = "8000"'),
        ("idle_seconds = 20", "idle_secs = 20"),
        catalogue=(('field = "CT"', 'field = "CTT"'),),
    )

    lines = errors(path, {"MOTCUA_LOG_LEVEL": "loud", "MOTCUA_STORE_DRI": "/tmp"})

    told = [line.split(": ", 1)[0] for line in lines]
    files = [each.split(":")[0] for each in told]
    assert len(lines) == 9, "\n".join(lines)
    assert sorted(files, key=files.index) == files
    ours = [int(each.split(":")[1]) for each in told if each.startswith("config.toml")]
    assert ours == sorted(ours)


WRONG = {
    "an unknown queue": (
        'takes = ["E"]',
        'takes = ["E", "Z"]',
        '[counter.6] takes: queue "Z" is unknown. Allowed',
    ),
    "a queue twice": ('takes = ["E"]', 'takes = ["E", "E"]', 'queue "E" is listed twice'),
    "a wrong take": ('takes = ["E"]', 'takes = ["E", { queue = "F", over = 3 }]', "is not like"),
    "no takes": ('takes = ["K"]', "takes = []", "must be a list of queues"),
    "a lone queue": ('takes = ["C", "D"]', 'takes = ["C"]', "[queue.D]: no counter takes this queue"),
    "only now and then": (
        'takes = ["E"]',
        'takes = ["F", { queue = "E", over_minutes = 9 }]',
        "[queue.E]: every",
    ),
    "an unlucky letter": ("[queue.K]", "[queue.O]", '[queue.O]: "O" is not written like "A"'),
    "a small letter": ("[queue.K]", "[queue.k]", '[queue.k]: "k" is not written like "A"'),
    "an unknown field": (
        'fields = ["GD"]',
        'fields = ["GDD"]',
        '"GDD" is unknown. Did you mean GD? Allowed: CT',
    ),
    "a field twice": ('fields = ["GD"]', 'fields = ["GD", "CT"]', '"CT" is also a field of queue A'),
    "a light hue": ('hue = "#00539B"', 'hue = "#3399FF"', "white on it has 2.9:1, at least 7:1 is needed"),
    "no hue": ('hue = "#00539B"', 'hue = "blue"', '[queue.G] hue: "blue" is not written like "#A01D17"'),
    "closes early": ('closes = "11:30"', 'closes = "07:30"', "07:30 is not after 07:30, when it opens"),
    "an overlap": (
        'opens = "13:30"',
        'opens = "11:00"',
        "overlaps with 07:30-11:30 on mon, tue, wed, thu, fri",
    ),
    "a wrong time": (
        'opens = "13:30"',
        'opens = "25:00"',
        '[hours] opens: must be a time of day such as "07:30"',
    ),
    "a wrong day": (
        '"tue", "wed"',
        '"tues", "wed"',
        '"tues" is unknown. Did you mean tue? Allowed: mon, tue',
    ),
    "no holiday": ('"2027-01-01"', '"2027-02-30"', '"2027-02-30" is no day such as "2027-02-05"'),
    "no zone": ("Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Min", "Did you mean Asia/Ho_Chi_Minh?"),
    "a hall id": (
        'id = "thach-ha"',
        'id = "Thạch Hà"',
        '[hall] id: "Thạch Hà" is not written like "thach-ha"',
    ),
    "no catalogue": ("catalogue/commune.toml", "catalogue/none.toml", "[hall] catalogue: there is no file"),
    "an empty text": ('name_en = "Land"', 'name_en = " "', "[queue.C] name_en: must not be empty"),
    "a text nobody sees": (
        'name_en = "Land"',
        'name_en = "\u200b\u00ad"',
        "[queue.C] name_en: must not be empty",
    ),
    "two lines": (
        'name_en = "Land"',
        'name_en = "Land\\nand"',
        "must be one line without control characters",
    ),
    "a sign no slip can show": (
        'name = "Đất đai"',
        'name = "Đất đai 😀 Сд"',
        'screens, take another sign instead of "😀" (U+1F600), "С" (U+0421), "д" (U+0434)',
    ),
    "a long text": ('name_en = "Land"', f'name_en = "{"x" * 81}"', "is too long: 81 characters, at most 80"),
    "no text": ('name_en = "Land"', "name_en = 5", "must be a text in quotes, is 5"),
    "a number too large": ("port = 8000", "port = 80000", "[server] port: must be from 0 to 65535, is 80000"),
    "a flag as number": ("port = 8000", "port = true", "must be a whole number from 0 to 65535, is true"),
    "no weight": (
        "ordinary_weight = 1",
        "ordinary_weight = 0",
        "[rules] ordinary_weight: must be from 1 to 9, is 0",
    ),
    "no flag": ("rate_limits = true", "rate_limits = 1", "[server] rate_limits: must be true or false, is 1"),
    "a choice": (
        'dialect = "north"',
        'dialect = "nort"',
        '"nort" is unknown. Did you mean north? Allowed: north',
    ),
    "the paper": (
        "width_mm = 80",
        "width_mm = 70",
        "[printer.front] width_mm: must not be 70. Allowed: 80, 58",
    ),
    "no address": ('kind = "virtual"', 'kind = "network"', "[printer.front] host: is missing"),
    "a url": ("# public_url = ", "public_url = ", None),
    "a url with a path": (
        '# public_url = "https://so.thachha.gov.vn',
        'public_url = "https://x.vn/so',
        '"https://x',
    ),
    "an unknown section": ("[kiosk]", "[kiosks]", "kiosks: unknown key. Did you mean kiosk?"),
    "not a table": ("[log]\n", "[[log]]\n", "log: must be a table: [log]"),
    "English alone": ('languages = ["vi"]', 'languages = ["en"]', '[voice] languages: must hold "vi"'),
    "no recordings": (
        '# recorded = "voice-set"',
        'recorded = "no-set"',
        "[voice] recorded: there is no folder",
    ),
}


@pytest.mark.parametrize("which", WRONG)
def test_what_is_wrong_is_told_in_one_line(tmp_path: Path, which: str) -> None:
    old, new, told = WRONG[which]
    path = changed(tmp_path, (old, new))
    if told is None:
        config.read(path, {})
        return

    lines = errors(path)

    assert any(told in line for line in lines), lines
    assert all(re.match(r"(config|catalogue/commune)\.toml:\d+: ", line) for line in lines)


WRONG_CATALOGUE = {
    "an unknown field": (
        'field = "CT"',
        'field = "CTT"',
        '[procedure.CT01] field: "CTT" is unknown. Did you mean CT?',
    ),
    "an empty field": (
        "[field.TK]",
        '[field.ZZ]\nname = "z"\nname_en = "z"\n[field.TK]',
        "no procedure belongs",
    ),
    "a code": (
        "[procedure.CT01]",
        '[procedure."ct 01"]',
        '[procedure.ct 01]: "ct 01" is not written like "CT01"',
    ),
    "the papers": ('"Identity card",\n', "", "papers_en: has 2 papers, papers has 3"),
    "a number": ('"2.000815"', '"2.0008"', '"2.0008" is not written like "2.000815"'),
    "no fee": ('fee = "2.000', 'cost = "2.000', "[procedure.CT01] cost: unknown key."),
}


@pytest.mark.parametrize("which", WRONG_CATALOGUE)
def test_what_is_wrong_in_the_catalogue_is_told_with_its_line(tmp_path: Path, which: str) -> None:
    old, new, told = WRONG_CATALOGUE[which]

    lines = errors(changed(tmp_path, catalogue=((old, new),)))

    assert any(line.startswith("catalogue/commune.toml:") and told in line for line in lines), lines


@pytest.mark.parametrize(
    ("file", "size", "told"),
    [
        ("emblem.png", (40, 40), "is 40 x 40 dots: each side must have from 64 to 2000"),
        ("emblem.jpg", (64, 2001), "is 64 x 2001 dots"),
        ("emblem.gif", (100, 100), "is no picture of PNG, JPEG, WEBP"),
        ("none.png", None, "there is no file"),
    ],
)
def test_an_emblem_that_cannot_be_shown_or_drawn_is_refused(
    tmp_path: Path, file: str, size: tuple[int, int] | None, told: str
) -> None:
    wrong = changed(tmp_path, ('# emblem = "emblem.png"', f'emblem = "{file}"'))
    if size:
        Image.new("L", size).save(tmp_path / file)

    said = the_error(wrong)

    assert said.startswith(f"config.toml:{line_of(wrong, 'emblem')}: [hall] emblem: ")
    assert told in said


def test_a_drawing_or_half_a_picture_is_no_emblem(tmp_path: Path) -> None:
    wrong = changed(tmp_path, ('# emblem = "emblem.png"', 'emblem = "emblem.png"'))
    Image.effect_noise((200, 200), 50).save(tmp_path / "whole.png")
    whole = (tmp_path / "whole.png").read_bytes()

    for content in (b"<svg/>", b"", whole[: len(whole) // 2]):
        (tmp_path / "emblem.png").write_bytes(content)
        assert "is no picture of PNG, JPEG, WEBP" in the_error(wrong)


def test_letters_that_sound_alike_are_refused_together(tmp_path: Path) -> None:
    path = changed(tmp_path, ("[queue.G]", '[queue."Đ"]'), ('"F", "G"]', '"F", "Đ"]'))

    line = line_of(path, '[queue."Đ')
    assert the_error(path) == (
        f"config.toml:{line}: [queue.Đ]: D and Đ sound and look alike: use only one of them"
    )


def test_a_letter_used_twice_is_told_with_its_line(tmp_path: Path) -> None:
    path = changed(tmp_path, ("[queue.B]", "[queue.A]"))

    assert re.match(r"config.toml:\d+: \[queue.A\] is declared twice", the_error(path))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'[hall]\nid = "thach-ha\n', "config.toml:2: a quote is opened and not closed"),
        (b'[hall]\r\nid = "a"\r\nid = "b"\r\n', "config.toml:3: id stands here twice, first in line 2"),
        (b'[hall]\nname = "Th\xe1ch"\n', "config.toml:2: is not UTF-8"),
        (b"[hall\n", "config.toml:1: a bracket is opened and not closed"),
        (b"x = [\n1,\n", "config.toml:1: a list is opened and not closed"),
    ],
)
def test_a_file_that_cannot_be_read_has_its_line_too(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "config.toml").write_bytes(content)

    assert the_error(tmp_path / "config.toml").startswith(told)


def test_a_file_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    assert the_error(tmp_path / "config.toml") == "config.toml: cannot be read: No such file or directory"


def test_an_empty_file_is_told_what_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("")

    lines = errors(tmp_path / "config.toml")

    assert "config.toml:1: [hall] id: is missing" in lines
    assert "config.toml:1: [queue.ID] is missing: at least one queue is needed" in lines
    assert "config.toml:1: [[hours]] is missing: at least one is needed" in lines
