"""What somebody who edits the configuration in Notepad or Word did wrong: in plain words, with its place."""

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import config
import languages
from config.syntax import Unreadable, decoded, parsed
from tests.configs import OURS, ROOT, changed, errors, line_of, the_error
from tests.test_languages import calls, strings

VIETNAMESE = {"LANG": "vi_VN.UTF-8"}


def written(tmp_path: Path, content: bytes) -> Path:
    changed(tmp_path)
    (tmp_path / "config.toml").write_bytes(content)
    return tmp_path / "config.toml"


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + OURS.read_bytes(),
        OURS.read_bytes().replace(b"\n", b"\r\n"),
        OURS.read_bytes().replace(b"\n", b"\r"),
        OURS.read_bytes().replace(b" = ", b"\t=\t"),
        OURS.read_bytes().replace("Đất đai".encode(), "Đất\tđai".encode()),
    ],
    ids=["with the mark of Notepad", "of Windows", "of an old Mac", "with tabs", "with a tab in a name"],
)
def test_what_editors_add_is_read(tmp_path: Path, content: bytes) -> None:
    read = config.read(written(tmp_path, content), {})

    assert read.setups["thach-ha"].queues["C"].name == "Đất đai"


def test_the_data_is_found_behind_the_mark_of_notepad(tmp_path: Path) -> None:
    file = written(tmp_path, b"\xef\xbb\xbf[store]\r\ndir = 'elsewhere'\r\n")

    assert config.data_folder(file, {}) == tmp_path / "elsewhere"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_saved_as_unicode_is_told_as_such(tmp_path: Path, encoding: str) -> None:
    file = written(tmp_path, OURS.read_text().encode(encoding))

    assert the_error(file).startswith("config.toml:1: is saved as UTF-16")
    assert "hãy lưu lại theo UTF-8" in the_error(file, VIETNAMESE)


CAUSES = {
    "id = “thach-ha”": "curly_quote",
    'id = "thach-ha”': "curly_quote",
    "id = „thach-ha“": "curly_quote",
    "id = «thach-ha»": "curly_quote",
    "id = ‘thach-ha’": "curly_quote",
    'id = "thach-ha': "open_quote",
    "id = thach-ha'": "open_quote",
    'hue = "#A01D17': "open_quote",
    'id\u00a0= "a"': "unseen_sign",
    'id = \u200b"a"': "unseen_sign",
    "opens = 6:30": "bare_time",
    "opens = 07:30": "bare_time",
    "opens = 7h30": "bare_time",
    'id: "thach-ha"': "colon",
    "id thach-ha": "no_equals",
    "hall]": "no_equals",
    "[hall": "open_bracket",
    "[queue.Đ]": "name_in_quotes",
    "tên = 1": "name_in_quotes",
    "name = Chứng thực": "text_without_quotes",
    'takes = ["A", B]': "text_without_quotes",
    "hue = #A01D17": "text_without_quotes",
    'takes = ["A" "B"]': "no_comma",
    'takes = "A", "B"': "after_value",
    'name = "sao y "bản chính""': "after_value",
    "frequent = True": "no_flag",
    "frequent = có": "no_flag",
    "port = 08000": "bare_number",
    "closed_days = [01-01-2027]": "bare_day",
    "closed_days = [1/1/2027, 2/9/2027]": "bare_day",
    "closed_days = 30.4.2027": "bare_day",
    "port = 8.000.000": "bare_number",
    'dir = "C:\\motcua"': "backslash",
    'dir = "C:\\users"': "backslash",
    'dir = "var\\"': "backslash",
    "// a note": "no_comment",
    "; a note": "no_comment",
    "id =": "no_value",
    "]": "no_equals",
    ") = 1": "odd_name",
    "[queue A]": "odd_name",
    "[counter.]": "odd_name",
    "mark minutes = 15": "odd_name",
    "port = 8000; # the usual": "after_value",
    "port = @8000": "odd_value",
    'takes = ["A"; "B"]': "odd_list",
}


@pytest.mark.parametrize("typed", CAUSES)
@pytest.mark.parametrize("around", ["{}\n", "[a]\nx = 1 # “\n\n{}\n[b]\ny = 'it is'\n"])
def test_a_slip_of_the_keyboard_is_told_by_its_line_and_name(typed: str, around: str) -> None:
    text = around.format(typed)

    with pytest.raises(Unreadable) as told:
        parsed(text)

    assert (told.value.what, text.split("\n")[told.value.line - 1]) == (CAUSES[typed], typed)


@given(st.data())
def test_no_slip_of_the_keyboard_is_answered_in_a_parsers_words(data: st.DataObject) -> None:
    """One sign too many, too few or another, anywhere in a file: a sentence of ours, with its place."""
    lines = ["[hall]", 'id = "thach-ha"', "[queue.A]", 'fields = ["CT", "HT"]', "mark_minutes = 15", ""]
    at = data.draw(st.integers(0, 4))
    place = data.draw(st.integers(0, len(lines[at])))
    sign = data.draw(st.sampled_from(["", *"\"'[]{}()=,;:.#\\/*&%$@!?<>|`~^+-_ a0é“\u00a0"]))
    lines[at] = lines[at][:place] + sign + lines[at][place + data.draw(st.integers(0, 1)) :]

    told = None
    try:
        parsed("\n".join(lines))
    except Unreadable as unreadable:
        told = unreadable

    assert told is None or (told.what != "no_toml" and told.line >= 1), (lines[at], told)


@pytest.mark.parametrize(
    ("typed", "meant"), [("6:30", "06:30"), ("6h", "06:00"), ("24:00", ""), ("7:99", "")]
)
def test_a_time_without_quotes_is_answered_with_one_that_is_taken(
    tmp_path: Path, typed: str, meant: str
) -> None:
    told = the_error(changed(tmp_path, ('opens = "07:30"', f"opens = {typed}")))

    assert "?." not in told
    assert (f'Did you mean "{meant}"? ' in told) == bool(meant), told
    assert ("Did you mean" in told) == bool(meant), told


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("[counter.1]", "[[counter]]"), "counter: [counter.ID] is missing"),
        (("[queue.A]", "[[queue.A]]"), "queue: must be a table: [queue.A]"),
        (('days = ["mon"', 'days = ["Mon"'), '[hours] days: "Mon" is unknown. Did you mean mon?'),
        (('takes = ["T"]', 'takes = "T"'), "[counter.10] takes: must be a list of queues"),
        (
            ("over_minutes = 30", "over_minutes = true"),
            '[counter.1] takes: { queue = "B", over_minutes = true }',
        ),
    ],
)
def test_one_slip_in_a_table_is_one_error(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    file = changed(tmp_path, change)
    if change[1] == "[[counter]]":  # whoever takes it for the way to write them writes all of them so
        file.write_text(re.sub(r"^\[counter\.\d+\]", "[[counter]]", file.read_text(), flags=re.MULTILINE))

    told = the_error(file)

    assert re.sub(r"^config.toml:\d+: ", "", told).startswith(said)
    assert not told.startswith("config.toml:1:")


def test_a_key_in_quotes_is_the_same_key() -> None:
    with pytest.raises(Unreadable) as told:
        parsed('[server]\nport = 8000\n"port" = 8001\n')

    assert (told.value.line, told.value.facts["first"]) == (3, 2)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('fields = ["CT"\nhue = "#A01D17"\n\n[b]\nx = 1\n', 1, "open_list"),
        ('fields = [\n"CT",\n"HT”,\n]\n', 3, "curly_quote"),
        ('x = 1\ntext = """one\ntwo, it\'s\n[b]\n', 2, "open_text"),
        ("[a]\nx = 1\n[b]\n[a]\n", 4, "table_twice"),
        ("[a]\nx = 1\ny = 2\nx = 3\n", 4, "key_twice"),
        ('takes = ["A", { queue = "B", over_minutes = 30 ]\n', 1, "open_list"),
    ],
)
def test_what_goes_over_lines_is_told_where_it_begins(text: str, line: int, what: str) -> None:
    with pytest.raises(Unreadable) as told:
        parsed(text)

    assert (told.value.line, told.value.what) == (line, what)


def test_a_table_or_a_key_that_stands_twice_is_told_with_both_places(tmp_path: Path) -> None:
    table = changed(tmp_path, ("[queue.B]", "[queue.A]"))
    (first, second) = [at for at, line in enumerate(table.read_text().split("\n"), 1) if line == "[queue.A]"]

    assert the_error(table).startswith(
        f"config.toml:{second}: [queue.A] is declared twice, first in line {first}"
    )


@pytest.mark.parametrize(
    ("typed", "meant"), [("6:30", "06:30"), ("6h30", "06:30"), ("7.5", ""), ("13h", "13:00"), ("24:30", "")]
)
def test_a_time_that_people_write_is_answered_with_ours(tmp_path: Path, typed: str, meant: str) -> None:
    file = changed(tmp_path, ('opens = "07:30"', f'opens = "{typed}"'))

    told = the_error(file)

    assert told.startswith(f"config.toml:{line_of(file, 'opens')}: [hours] opens: must be a time of day")
    assert told.endswith(f' Did you mean "{meant}"?' if meant else f'is "{typed}".')


@pytest.mark.parametrize(
    ("typed", "meant"), [("30/4/2027", "2027-04-30"), ("02-09-2027", "2027-09-02"), ("31/4/2027", "")]
)
def test_a_day_that_people_write_is_answered_with_ours(tmp_path: Path, typed: str, meant: str) -> None:
    file = changed(tmp_path, ('"2027-04-30"', f'"{typed}"'))

    told = the_error(file)

    assert told.startswith(f"config.toml:{line_of(file, 'closed_days')}: [hall] closed_days: ")
    assert told.endswith(f' Did you mean "{meant}"?' if meant else 'such as "2027-02-05".')


@pytest.mark.parametrize(
    "wrong", [("name = ", "name = “"), ("[field.CT]", "[field.CT"), ("\n[field.CT]", "\n[fields.CT]")]
)
def test_a_slip_in_the_catalogue_is_one_true_error(tmp_path: Path, wrong: tuple[str, str]) -> None:
    file = changed(tmp_path, catalogue=(wrong,))

    assert all(line.startswith("catalogue/commune.toml:") for line in errors(file)), errors(file)
    assert wrong[0].startswith("\n") or len(errors(file)) == 1


def test_an_operator_whose_machine_speaks_vietnamese_is_told_in_it(tmp_path: Path) -> None:
    file = changed(tmp_path, ('takes = ["A", {', 'taks = ["A", {'), ("port = 8000", "port = 80000"))

    told = errors(file, VIETNAMESE)

    assert told == errors(file, {"LC_ALL": "vi", "LANG": "en_US.UTF-8"})
    assert (
        f"config.toml:{line_of(file, 'taks')}: [counter.1] taks: không có mục này. Có phải là takes?"
        in told[1]
    )
    assert told[2].endswith("[server] port: phải từ 0 đến 65535, đang là 80000")
    for other in ({}, {"LANG": "C.UTF-8"}, {"LANG": "de_DE.UTF-8"}, {"LC_ALL": "en_US", "LANG": "vi_VN"}):
        assert "Did you mean takes?" in errors(file, other)[1]


def test_every_fault_that_is_told_has_its_sentence() -> None:
    """`table.fault(key, what)`, `reading.tell(what)`, `Wrong(what)`."""
    told = {
        (path.name, text)
        for path, call in calls("fault", "tell", "Wrong")
        if "config" in path.parts
        for text in strings(call.args[1 if ast.unparse(call.func).endswith("fault") else 0])
    }

    assert len(told) > 40, "the search is broken"
    assert {each for each in told if each[1] not in languages.WORDS["vi"]["config"]} == set()


def test_every_sentence_says_the_same_facts_in_both_languages(tmp_path: Path) -> None:
    signs = re.compile(r'"[^"]*"|\d+')
    file = changed(tmp_path, ('hue = "#1B5E20"', 'hue = "#FFD700"'), ('takes = ["E"]', 'takes = ["X"]'))

    for vietnamese, english in zip(errors(file, VIETNAMESE), errors(file), strict=True):
        assert signs.findall(vietnamese) == signs.findall(english)


def test_what_we_ship_is_plain_text() -> None:
    for file in (OURS, ROOT / "catalogue/commune.toml"):
        assert decoded(file.read_bytes()) == file.read_text()
