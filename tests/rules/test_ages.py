"""The age of a priority is the one its ground names."""

import pytest

from hall import views
from hall.ages import Age, age_in
from hall.setup import PriorityGroup
from tests.rules.builders import MORNING, a_setup, day, plain


@pytest.mark.parametrize(
    ("ground", "age"),
    [
        ("Luật Người cao tuổi 39/2009/QH12, Điều 2 (từ đủ 60 tuổi) và Điều 3 khoản 1", Age("from", 60)),
        ("Nội quy của nhà thuốc: khách từ 75 tuổi trở lên", Age("from", 75)),
        ("Người trên 80 tuổi", Age("over", 80)),
        ("Trẻ em dưới 6 tuổi", Age("under", 6)),
        ("Trẻ em chưa đủ 16 tuổi", Age("under", 16)),
        ("16 tuổi trở xuống", Age("to", 16)),
        ("Công dân 70 tuổi", Age("from", 70)),
        ("Luật Người khuyết tật 51/2010/QH12", None),
        ("Phụ nữ nuôi con nhỏ dưới 36 tháng tuổi", None),
        ("Theo quy chế của địa phương", None),
        ("", None),
    ],
)
def test_the_age_is_read_from_the_ground(ground: str, age: Age | None) -> None:
    assert age_in(ground) == age


def test_the_kiosk_is_told_the_age_where_the_name_does_not_say_it() -> None:
    groups = {
        "NCT": PriorityGroup("NCT", "Người cao tuổi", "Older people", "Luật, Điều 2 (từ đủ 60 tuổi)"),
        "TE": PriorityGroup("TE", "Trẻ em dưới 6 tuổi đi cùng", "With a child under 6", "Trẻ dưới 6 tuổi"),
        "NCC": PriorityGroup("NCC", "Người có công", "Merit", "Quy chế"),
    }

    told = plain(views.public.hall_facts(day(setup=a_setup(priorities=groups)), MORNING))["priorities"]

    assert [each["age"] for each in told] == [{"sense": "from", "years": 60}, None, None]
