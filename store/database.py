"""What the house needs of the engine that keeps its data, and the troubles an engine may have.

SQL is written once, in what SQLite and PostgreSQL both understand, with `?` where a value goes; an engine
with other signs changes them itself.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import date
from pathlib import Path
from typing import Protocol

Value = str | int | float | bytes | None
Params = Sequence[Value]
# As it is typed in the program's folder. A hub with another configuration has its data elsewhere.
COMMAND = ".venv/bin/python server.py"
RESTORE_VI = f"'{COMMAND} restore TỆP' (thêm --config của máy chủ, nếu có)"
RESTORE = f"'{COMMAND} restore FILE' (with the --config of the hub, where it has one)"
Waiting = Callable[[Callable[[], object]], None]  # does what may wait for the disk; raises what it raises


def at_once(work: Callable[[], object]) -> None:
    """Everybody waits."""
    work()


class AlreadyThere(Exception):
    """A row of this key is kept already. Leave the transaction around it: not every engine goes on in one."""


class StoreUnavailable(Exception):
    """Cannot be kept now: disk full, read-only, input/output error. Nothing is half done; try again."""

    @classmethod
    def because(cls, cause: object) -> "StoreUnavailable":
        return cls(
            f"Chưa lưu được dữ liệu ({cause}): kiểm tra dung lượng và quyền ghi của ổ đĩa, rồi thử lại. / "
            f"Cannot store now ({cause}): look at the free space and the permissions of the disk, try again."
        )


class DamagedData(StoreUnavailable):
    """The data is not what the program wrote; the message says how to restore. `what` is wrong, in short."""

    def __init__(self, vi: str, en: str, what: object) -> None:
        super().__init__(
            f"{vi} bị hỏng ({what}): xin dừng chương trình và khôi phục bản sao lưu mới nhất bằng "
            f"{RESTORE_VI}. / "
            f"{en} is damaged ({what}): stop the hub and restore the newest backup with "
            f"{RESTORE}; the damaged data is kept aside."
        )
        self.what = what

    @classmethod
    def at(cls, file: Path, what: object) -> "DamagedData":
        return cls(f"Dữ liệu {file}", f"The data in {file}", what)


class DamagedEvent(DamagedData):
    """An event is not there, or not as it was kept."""

    def __init__(self, hall: str, day: date, seq: int, what: object) -> None:
        super().__init__(
            f"Nhật ký ngày {day} của {hall}, sự kiện số {seq}",
            f"The journal of {hall}, day {day}, event seq {seq},",
            f"seq {seq} {what}",
        )


class DataGone(StoreUnavailable):
    """There is no data where a hall was begun, or not the one the hub has open. A new hall is begun by people
    only."""

    @classmethod
    def at(cls, file: Path) -> "DataGone":
        return cls(
            f"Không còn dữ liệu {file} của hội trường đã mở ở đây: hãy tìm lại ổ đĩa hay thư mục, hoặc "
            f"khôi phục bản sao lưu mới nhất bằng {RESTORE_VI}. Chỉ khi muốn bắt đầu lại từ đầu: "
            f"'{COMMAND} new-hall'. / "
            f"The data {file} of the hall that was begun here is gone: look for its disk or folder, or "
            f"restore the newest backup with {RESTORE}. Only to begin with an empty "
            f"hall: '{COMMAND} new-hall'."
        )

    @classmethod
    def while_open(cls, name: str) -> "DataGone":
        return cls(
            f"Tệp dữ liệu {name} đã bị xóa, thay thế hoặc cắt ngắn khi chương trình đang chạy, không cấp "
            "được số: xin dừng chương trình, rồi khôi phục bản sao lưu mới nhất bằng "
            f"{RESTORE_VI}. / "
            f"The data file {name} was deleted, replaced or cut while the hub runs; no number can be given: "
            f"stop the hub, then restore the newest backup with {RESTORE}."
        )


class HallIsThere(Exception):
    """A new hall was asked for where there is one."""

    @classmethod
    def at(cls, file: Path) -> "HallIsThere":
        return cls(
            f"Đã có dữ liệu hội trường trong {file}: không bắt đầu lại. / "
            f"There is a hall in {file}: move it away before a new one begins."
        )


class AnotherHub(Exception):
    """Another process serves this data."""

    @classmethod
    def at(cls, file: Path) -> "AnotherHub":
        with suppress(OSError):
            holder = file.read_text(encoding="ascii", errors="replace").strip()
            return cls(
                f"Máy chủ khác (tiến trình {holder}) đang dùng {file.parent}: hãy dừng nó trước. / "
                f"Another hub (process {holder}) has {file.parent} open: stop it first."
            )
        return cls(
            f"Máy chủ khác đang dùng {file.parent}: hãy dừng nó trước. / "
            f"Another hub has {file.parent} open: stop it first."
        )


class NewerData(Exception):
    """The data was written by a newer program than this one."""

    @classmethod
    def at(cls, file: Path, *, data: str, program: str) -> "NewerData":
        return cls(
            f"Dữ liệu {file} thuộc bản {data}, chương trình này chỉ biết đến bản {program}: "
            "hãy cài bản mới hơn. / "
            f"The data in {file} is at version {data}, this program knows versions up to {program}: "
            "install the newer program, or restore a backup made with this one."
        )


class NotDurable(Exception):
    """The engine does not keep a commit through a power cut here; a hub must not serve like that."""


class NotABackup(Exception):
    """The file to restore is no backup of this program, or was damaged since."""

    @classmethod
    def because(cls, file: Path, what: object) -> "NotABackup":
        return cls(
            f"Không thể khôi phục từ {file} ({what}). Dữ liệu hiện có vẫn nguyên vẹn. / "
            f"{file} cannot be restored ({what}). The present data was not touched: choose another backup."
        )


class Database(Protocol):
    """The open data. Any thread may use it; each method refuses StoreUnavailable, DamagedData among them."""

    def write(self) -> AbstractContextManager[None]:
        """One transaction, all or nothing. Inside another one it is part of that one."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Everything read inside is of one moment, while other processes go on writing."""

    def execute(self, sql: str, params: Params = ()) -> None:
        """Runs one statement; refuses AlreadyThere."""

    def rows(self, sql: str, params: Params = ()) -> list[tuple[object, ...]]:
        """All rows of one statement, of one that writes what it is RETURNING; refuses AlreadyThere."""

    def query(self, sql: str, params: Params = ()) -> Iterator[dict[str, object]]:
        """The same rows by column name, read to the end before the first is handed out."""

    def value(self, sql: str, params: Params = ()) -> object:
        """The first column of the first row; None where there is none. Refuses AlreadyThere."""

    def faults(self) -> Iterator[str]:
        """What the engine itself finds wrong with what it keeps, a sentence each."""

    def probe(self) -> None:
        """Writes as much as a ticket with its slip and answer needs at most; refuses StoreUnavailable where
        the hall could not keep one now."""

    def look(self) -> None:
        """Refuses DataGone where somebody has taken the data away from under a hub, StoreUnavailable where
        the disk does not answer."""

    def rescue(self, file: Path) -> None:
        """Where the data was taken away: writes what is still open here into a new file that `restore` takes.
        May wait for the disk; takes no lock."""

    def failing(self) -> bool:
        """Whether something could not be kept, and no probe has succeeded since."""

    def close(self) -> None:
        """Gives the data free for another hub."""
