"""What an operator types on the command line."""

import argparse

import pytest

from commands import port


def test_a_port_is_a_number_that_exists() -> None:
    assert port("0") == 0
    assert port("65535") == 65535


@pytest.mark.parametrize("typed", ["65536", "99999", "-1", "80a", "", "٨٠"])
def test_any_other_port_is_told_at_once(typed: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="from 0 to 65535"):
        port(typed)
