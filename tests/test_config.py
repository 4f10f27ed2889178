"""The configuration: one whole hall and how it runs."""

import re
import shutil
import unicodedata
from datetime import time
from pathlib import Path

import pytest

import config
from config.halls import LEAST_CONTRAST, contrast_to_white
from config.table import Reading
from hall.setup import Take
from tests.configs import OURS, ROOT, changed, errors


def test_our_configuration_is_one_complete_hall() -> None:
    ours = config.read(OURS, {})

    setup = ours.setups["thach-ha"]
    assert list(setup.queues) == list("ABCDEFGHKT")
    assert list(setup.counters) == [str(each) for each in range(1, 11)]
    assert (len(setup.fields), len(setup.procedures), len(setup.priorities)) == (10, 58, 5)
    assert setup.counters["1"].takes == (Take("A"), Take("B", over_minutes=30))
    assert [(each.opens, each.closes) for each in setup.hours] == [
        (time(7, 30), time(11, 30)),
        (time(13, 30), time(17, 0)),
    ]
    assert setup.procedures["CT01"].queue == "A"
    assert setup.procedures["DD05"].fee == "Theo quy định của tỉnh"
    assert all(
        each.papers_en and each.fee_en and each.time_en for each in setup.procedures.values() if each.papers
    )


def test_what_was_understood_is_said() -> None:
    said = config.describe(config.read(OURS, {}))

    assert "queue B Hộ tịch: HT, 12 procedures, counter 1 (over 30 min), 3" in said
    assert "phones reach it at http://127.0.0.1:8000" in said


CATALOGUE = r"(field|procedure|priority|trade|outcome)(\.|$)"


def test_what_was_understood_is_said_to_whoever_reads_vietnamese() -> None:
    said = config.describe(config.read(OURS, {}), "vi")

    assert "hàng chờ B Hộ tịch: HT, 12 thủ tục, quầy 1 (khi quá 30 phút), 3" in said
    assert "điện thoại mở tại http://127.0.0.1:8000" in said
    assert len(said.splitlines()) == len(config.describe(config.read(OURS, {})).splitlines())


def test_every_explanation_in_our_file_is_vietnamese_first() -> None:
    said = re.findall(r"(?:^#(?! \w+ = ).*\n)+", OURS.read_text(encoding="utf-8"), re.MULTILINE)

    assert len(said) > 40, "the search is broken"
    assert [each for each in said if not re.search("[À-ỹ]", each.splitlines()[0])] == []
    assert [each for each in said if len(each.splitlines()) < 2] == [], "English stands beneath it"


def test_every_table_of_the_catalogue_is_explained_in_both_languages() -> None:
    said = (ROOT / "catalogue/commune.toml").read_text(encoding="utf-8")
    heads = re.findall(r"^# \[(\w+)(?:\.(\w+))?\]: ", said, re.MULTILINE)

    first = re.search(r"\A(?:#.*\n)+", said)
    assert first
    assert "Danh mục thủ tục" in first[0]
    assert "A catalogue of procedures" in first[0]
    assert heads[::2] == [(table, "MÃ" if code else "") for table, code in heads[1::2]]
    assert {table for table, _ in heads} == {"trade", "outcome", "field", "procedure", "priority"}


def test_a_hall_may_have_no_groups_of_priority(tmp_path: Path) -> None:
    file = changed(tmp_path)
    catalogue = tmp_path / "catalogue/commune.toml"
    whole = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(whole[: whole.index("\n[priority.")], encoding="utf-8")

    assert config.read(file, {}).setups["thach-ha"].priorities == {}


def accepted() -> set[str]:
    reading = Reading({})
    config.read_with(reading, OURS)
    return {key for key in reading.keys if not re.match(CATALOGUE, key) and "." in key}


def documented() -> set[str]:
    """Keys of config.toml, also those left out behind a "#", that have a comment above them."""
    found: set[str] = set()
    section, explained = "", False
    for line in OURS.read_text(encoding="utf-8").splitlines():
        header = re.fullmatch(r"\[\[?(\w+)(\.\w+)?\]\]?", line)
        key = re.match(r"(?:# )?(\w+) = ", line)
        if header:
            section = header[1] + (".*" if header[2] or line.startswith("[[") else "")
            explained = False
        elif key:
            if explained:
                found.add(f"{section}.{key[1]}")
        else:
            explained = line.startswith("#")
    return found


def test_every_key_is_documented_and_every_documented_key_is_one() -> None:
    assert documented() == accepted()


def test_every_key_of_the_catalogue_is_documented() -> None:
    reading = Reading({})
    config.read_with(reading, OURS)
    head = "\n".join(
        line
        for line in (ROOT / "catalogue/commune.toml").read_text(encoding="utf-8").splitlines()
        if line.startswith("#")
    )

    keys = {key.split(".")[-1] for key in reading.keys if re.match(CATALOGUE, key)}

    assert {key for key in keys if not re.search(rf"\b{key}\b", head)} == set()


def test_variables_override_the_file() -> None:
    settings = config.read(
        OURS,
        {
            "MOTCUA_SERVER_PORT": "8123",
            "MOTCUA_SERVER_RATE_LIMITS": "false",
            "MOTCUA_SERVER_TRUSTED_HOSTS": "hub.lan, hub2.lan",
            "MOTCUA_STORE_DIR": "elsewhere",
            "MOTCUA_PRINTER_FRONT_KIND": "network",
            "MOTCUA_PRINTER_FRONT_HOST": "192.168.1.50",
            "HOME": "/root",
        },
    ).settings

    assert (settings.server.port, settings.server.rate_limits) == (8123, False)
    assert settings.server.trusted_hosts == ("hub.lan", "hub2.lan")
    assert settings.store_dir == Path("elsewhere"), "where the program was started"
    assert settings.equipment["thach-ha"].printers["front"].host == "192.168.1.50"


def test_a_path_in_the_file_starts_at_the_file(tmp_path: Path) -> None:
    assert config.read(changed(tmp_path), {}).settings.store_dir == tmp_path / "var"


@pytest.mark.parametrize("said", ['[store]\ndir = "{}"', '[ store ]\ndir = "{}"', 'store = {{ dir = "{}" }}'])
def test_the_data_of_a_running_hub_is_found_however_its_folder_is_written(tmp_path: Path, said: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(said.format("elsewhere"))

    assert config.data_folder(file, {}) == tmp_path / "elsewhere"


def test_the_data_of_a_running_hub_is_found_though_the_file_is_broken(tmp_path: Path) -> None:
    file = changed(tmp_path, ("[queue.A]", "[queue.A"), ('dir = "var"', 'dir = "elsewhere"'))

    assert config.data_folder(file, {}) == tmp_path / "elsewhere"
    assert config.data_folder(file, {"MOTCUA_STORE_DIR": "/srv/hall"}) == Path("/srv/hall")


def test_a_wrong_variable_is_told_by_its_name() -> None:
    lines = errors(OURS, {"MOTCUA_SERVER_PORT": "eighty", "MOTCUA_STORE_DRI": "/tmp"})

    assert lines == [
        'environment: MOTCUA_SERVER_PORT: must be a whole number from 0 to 65535, is "eighty"',
        "environment: MOTCUA_STORE_DRI: unknown variable. Did you mean MOTCUA_STORE_DIR?",
    ]


def test_names_typed_with_parted_accents_are_put_together(tmp_path: Path) -> None:
    path = changed(tmp_path, ('name = "Đất đai"', 'name = "Đa\u0302\u0301t đai"'))

    assert config.read(path, {}).setups["thach-ha"].queues["C"].name == "Đất đai"


def test_the_hub_answers_to_the_names_it_was_given(tmp_path: Path) -> None:
    path = changed(tmp_path, ("# public_url", "public_url"), ("# trusted_hosts", "trusted_hosts"))

    server = config.read(path, {}).settings.server

    reach = server.reach("0.0.0.0", 8000)
    for name in ("localhost", "127.0.0.1", "so.thachha.gov.vn", "hub.lan", "192.168.1.10"):
        assert reach.answers(name), name
    assert not reach.answers("evil.example")
    assert reach.ours("https://so.thachha.gov.vn", "so.thachha.gov.vn")
    assert reach.ours("http://hub.lan:8000", "hub.lan:8000")
    assert server.base_url("127.0.0.1", 8000) == "https://so.thachha.gov.vn"
    assert server.secure
    assert config.read(OURS, {}).settings.server.base_url("::1", 8000) == "http://[::1]:8000"


def test_each_kiosk_has_its_printer(tmp_path: Path) -> None:
    second = '[printer.back]\nkind = "virtual"\nkiosks = ["kiosk-2"]\n\n[voice]'
    settings = config.read(changed(tmp_path, ("[voice]", second)), {}).settings
    here = settings.equipment["thach-ha"]

    assert (here.printer_of("kiosk-1"), here.printer_of("kiosk-2")) == ("front", "back")


def test_a_kiosk_written_with_a_capital_has_its_printer(tmp_path: Path) -> None:
    names = ("# kiosks = [", 'kiosks = ["Máy  A", ')
    here = config.read(changed(tmp_path, names), {}).settings.equipment["thach-ha"]

    for name in ("Kiosk-1", "KIOSK-1 ", "Kiosk\u20111", unicodedata.normalize("NFD", "máy a")):
        assert here.printer_of(name) == "front", name
    assert here.printer_of("kiosk-2") is None


def test_a_kiosk_that_prints_nowhere_and_a_printer_without_its_kiosk_are_told(tmp_path: Path) -> None:
    here = config.read(changed(tmp_path, ("# kiosks = [", "kiosks = [")), {}).settings.equipment["thach-ha"]

    assert list(here.without_partner(["Kiosk-1"])) == []
    assert list(here.without_partner(["Kiosk-2"])) == [
        '[printer.front] kiosks: no kiosk token is named "kiosk-1"; the kiosks are named Kiosk-2',
        'kiosk "Kiosk-2" prints nowhere: name it in the kiosks of a [printer.NAME]',
    ]


def test_a_name_pasted_from_an_office_program_is_shown_by_plain_signs(tmp_path: Path) -> None:
    pasted = ('place = "Dãy bên phải, phía trong"', 'place = "Dãy\u00a0B\u2011２ → phía tay\u00ad phải"')

    setup = config.read(changed(tmp_path, pasted), {}).setups["thach-ha"]

    assert setup.counters["6"].place == "Dãy B-2 -> phía tay phải"


REAL = (
    "Thủ tục đăng ký đất đai, tài sản gắn liền với đất lần đầu đối với cá nhân (trừ trường hợp quy định tại "
    "Điều 15), cộng đồng dân cư, hộ gia đình đang sử dụng đất"
)


def test_a_real_name_of_569_signs_and_the_code_with_its_manager_are_taken(tmp_path: Path) -> None:
    name = (REAL + "; " + "người gốc Việt Nam định cư ở nước ngoài, tổ chức trong nước " * 9)[:569].strip()
    real = (
        ('name = "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức', f'name = "{name}'),
        ('short = "Chứng thực bản sao từ bản chính (sao y)"\n', ""),
        ('national_code = "2.000815"', 'national_code = "2.000815.000.00.00.H55"'),
    )

    taken = config.read(changed(tmp_path, catalogue=real), {}).setups["thach-ha"].procedures["CT01"]

    assert taken.name.startswith(name)
    assert taken.national_code == "2.000815.000.00.00.H55"
    assert (
        taken.short
        == "Thủ tục đăng ký đất đai, tài sản gắn liền với đất lần đầu đối với cá nhân, cộng đồng dân cư…"
    )


def test_a_printer_that_cannot_answer_is_said_to_be_so(tmp_path: Path) -> None:
    path = changed(tmp_path, ("# answers = false", "answers = false"))

    read = config.read(path, {})

    assert not read.settings.equipment["thach-ha"].printers["front"].answers
    assert config.read(OURS, {}).settings.equipment["thach-ha"].printers["front"].answers
    assert "cannot answer" in config.describe(read)


def test_a_hall_without_a_printer_works(tmp_path: Path) -> None:
    text = re.sub(r"\[printer\.front\].*?(?=\[voice\])", "", OURS.read_text(), flags=re.DOTALL)
    shutil.copytree(ROOT / "catalogue", tmp_path / "catalogue")
    (tmp_path / "config.toml").write_text(text)

    settings = config.read(tmp_path / "config.toml", {}).settings

    assert settings.equipment["thach-ha"].printer_of("kiosk-1") is None


@pytest.mark.parametrize(("hue", "contrast"), [("#FFFFFF", 1.0), ("#000000", 21.0), ("#595959", 7.0)])
def test_contrast_is_that_of_the_accessibility_guidelines(hue: str, contrast: float) -> None:
    assert contrast_to_white(hue) == pytest.approx(contrast, abs=0.01)


def test_all_our_hues_are_dark_enough() -> None:
    queues = config.read(OURS, {}).setups["thach-ha"].queues.values()

    assert min(contrast_to_white(queue.hue) for queue in queues) >= LEAST_CONTRAST


def test_what_people_come_for_is_said_or_stands_in_the_brackets_of_the_name(
    tmp_path: Path,
) -> None:
    said = ('examples = "khai sinh, kết hôn, khai tử"\nexamples_en = "birth, marriage, death"\n', "")

    ours = config.read(OURS, {}).setups["thach-ha"].fields
    left_out = config.read(changed(tmp_path, catalogue=(said,)), {}).setups["thach-ha"].fields

    assert (ours["XD"].examples, ours["XD"].examples_en) == ("giấy phép xây nhà", "building permit")
    assert (left_out["HT"].examples, left_out["HT"].examples_en) == ("khai sinh, kết hôn, khai tử", "")
