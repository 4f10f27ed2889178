"""A hub whose secret was taken away says so: it goes on, and what it prints again of before leads nowhere."""

from pathlib import Path

import pytest

from service.build import secret_of
from store.secret import FILE
from tests.store.builders import issued, keep, opened


def test_a_secret_that_is_gone_is_told_and_a_first_run_says_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with opened(tmp_path) as journal:
        first = secret_of(tmp_path, journal)
        keep(journal, [issued(1)])
        assert secret_of(tmp_path, journal) == first
        assert not caplog.records

        (tmp_path / FILE).unlink()

        assert secret_of(tmp_path, journal) != first
        assert f"{FILE} is gone" in caplog.text
