"""Reading one table of the configuration: each key asked for by name and kind, what was not asked refused."""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar, cast

import languages
from config import values
from config.source import Faults, KeyPath, Source, read_source
from config.syntax import Unreadable
from config.values import LONGEST, FromEnvironment, Wrong, a_text

PREFIX = "MOTCUA_"

_T = TypeVar("_T")
_Choice = TypeVar("_Choice", bound=str)


@dataclass(slots=True)
class Reading:
    """What one reading of the files has met: faults, and every key and variable that would be accepted."""

    environ: Mapping[str, str]
    faults: Faults = field(default_factory=Faults)
    keys: set[str] = field(default_factory=set)  # "server.port", "counter.*.takes"
    variables: set[str] = field(default_factory=set)

    def tell(self, what: str, **facts: object) -> str:
        """A sentence of `languages/` in the operator's language, with its blanks filled.

        Made of facts: of `known`, what may be said there, `allowed`; of the nearest to `said` among it, or of
        what is `near` to it, `hint`.
        """
        language = languages.of_locale(self.environ)
        if "known" in facts:
            known = [str(each) for each in cast(Iterable[object], facts.pop("known"))]
            facts["allowed"] = languages.say(language, "config", "allowed", known=", ".join(known))
            close = difflib.get_close_matches(str(facts.get("said", "")), known, 1, 0.6)
            facts.setdefault("near", close[0] if close else "")
        if near := facts.pop("near", ""):
            facts["hint"] = languages.say(language, "config", "did_you_mean", near=near)
        return languages.say(language, "config", what, **facts)

    def source(self, path: Path) -> Source | None:
        """None, with a fault, when the file cannot be read as TOML."""
        try:
            return read_source(path)
        except Unreadable as found:
            said = self.tell(found.what, **found.facts)
            later = self.tell("rest_later") if found.line else ""
            end = "" if said.endswith("?") else "."
            self.faults.add(str(path), found.line, f"{said}{end} {later}" if later else said)
            return None

    def refuse_unknown_variables(self) -> None:
        for name in self.environ:
            if name.startswith(PREFIX) and name not in self.variables:
                what = self.tell("unknown_variable", said=name, known=self.variables)
                self.faults.add("environment", 0, f"{name}: {what}")


@dataclass(slots=True)
class Table:
    """A table at `place`. Leaving the `with` refuses every key nobody asked for."""

    reading: Reading
    source: Source
    place: KeyPath
    content: dict[str, object]
    shape: str  # "counter.*": the place with ids left out
    overridable: bool = True  # by environment variables
    asked: list[str] = field(default_factory=list)
    wrong: set[str] = field(default_factory=set)  # keys with a fault, from which nothing follows
    lost: bool = False  # what stands there is no table: told once, and nothing else of it

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.refuse_unknown()

    def refuse_unknown(self) -> None:
        for key in self.content:
            if key not in self.asked:
                self.fault(key, "unknown_key", said=key, known=self.asked)

    def fault(self, key: str | None, what: str, **facts: object) -> None:
        """Tells what is wrong with a key of this table, or with the table (None): `what` as in `tell`."""
        if self.lost:
            return
        if key is not None:
            self.wrong.add(key)
        said = self.reading.tell(what, **facts)
        section = ".".join(str(part) for part in self.place if isinstance(part, str))
        place = self.place if key is None else (*self.place, key)
        name = "".join([f"[{section}]" if section else "", f" {key}" if key else ""]).strip()
        if key is not None and self._variable(key) in self.reading.environ:
            self.reading.faults.add("environment", 0, f"{self._variable(key)}: {said}")
        else:
            self.reading.faults.add(
                self.source.name, self.source.line(place), f"{name + ': ' if name else ''}{said}"
            )

    def is_wrong(self, key: str) -> bool:
        """Whether it is told already what is wrong with this key."""
        return self.lost or key in self.wrong

    def text(self, key: str, default: str | None = None, *, longest: int = LONGEST) -> str:
        """One line of text in NFC; may be empty only where the default is."""
        return self._take(key, default, "", lambda value: a_text(value, longest, empty=default == ""))

    def words(self, key: str, default: str | None = None, *, longest: int = LONGEST) -> str:
        """As `text`, of what people read: only signs that slips and screens can show."""
        return self._take(key, default, "", lambda value: values.words(value, longest, empty=default == ""))

    def matching(self, key: str, pattern: str, example: str, default: str | None = None) -> str:
        """A text of this form, or the default as it is."""

        def check(value: object) -> str:
            said = a_text(value, LONGEST, empty=default == "")
            if said != default and not re.fullmatch(pattern, said):
                raise Wrong("not_like", said=said, example=example)
            return said

        return self._take(key, default, "", check)

    def texts(
        self,
        key: str,
        default: Sequence[str] | None = None,
        known: Iterable[str] | None = None,
        of: Callable[[object], str] = a_text,
    ) -> tuple[str, ...]:
        """A list of texts without doubles, all of them `known` where that is given; `of` checks each."""
        otherwise = tuple(default) if default is not None else None
        found = self._take(key, otherwise, (), lambda value: values.texts(value, of))
        for twice in dict.fromkeys(each for each in found if found.count(each) > 1):
            self.fault(key, "listed_twice", said=twice)
        if known is not None:
            known = list(known)
            for stranger in [each for each in found if each not in known]:
                self.fault(key, "unknown", said=stranger, known=known)
            found = tuple(each for each in found if each in known)
        return tuple(dict.fromkeys(found))

    def number(self, key: str, least: int, most: int, default: int | None = None) -> int:
        """A whole number from `least` to `most`."""
        return self._take(key, default, least, lambda value: values.number(value, least, most))

    def number_or_none(self, key: str, least: int, most: int) -> int | None:
        """None: the key is left out."""
        present = key in self.content or self._variable(key) in self.reading.environ
        number = self.number(key, least, most, default=least)
        return number if present else None

    def flag(self, key: str, default: bool) -> bool:
        return self._take(key, default, default, values.flag)

    def one_of(self, key: str, choices: Sequence[_Choice], default: _Choice | None = None) -> _Choice:
        def check(value: object) -> _Choice:
            said = a_text(value, LONGEST, empty=False)
            if said not in choices:
                raise Wrong("unknown", said=said, known=choices)
            return cast(_Choice, said)

        return self._take(key, default, choices[0], check)

    def one_number(self, key: str, choices: Sequence[int], default: int) -> int:
        def check(value: object) -> int:
            found = values.number(value, min(choices), max(choices))
            if found not in choices:
                raise Wrong("must_not_be", said=found, known=choices)
            return found

        return self._take(key, default, default, check)

    def time_of_day(self, key: str) -> time | None:
        """None, with a fault, where there is none."""
        return self._take(key, None, None, values.time_of_day)

    def dates(self, key: str) -> tuple[str, ...]:
        return self._take(key, (), (), values.dates)

    def path(self, key: str, text: str) -> Path:
        """`text`, the value of `key`, as a path: relative to the file that says it; said by an environment
        variable, to where the program was started."""
        path = Path(text)
        with suppress(RuntimeError):  # ~somebody whom this machine does not know: a folder of that name
            path = path.expanduser()
        said = self._variable(key) in self.reading.environ
        return path if said else self.source.directory / path

    def check_id(self, name: str, pattern: str, example: str) -> None:
        """Whether the last part of this table's name may be one."""
        if not re.fullmatch(pattern, name):
            self.fault(None, "not_like", said=name, example=example)

    def raw(self, key: str) -> object:
        """The value as TOML has it; the caller checks it."""
        self._ask(key)
        return self.content.get(key)

    def table(self, key: str) -> "Table":
        """`[key]`, empty where it is left out."""
        self._ask(key)
        return self._inner((key,), self.content.get(key, {}), key)

    def tables(self, key: str, least: int = 1) -> dict[str, "Table"]:
        """`[key.ID]` for each id, in the order of the file."""
        self._ask(key)
        inner = self.content.get(key, {})
        if not isinstance(inner, dict) or len(inner) < least:
            self.fault(key if key in self.content else None, "missing_table", name=key)
            return {}
        return {each: self._inner((key, each), content, f"{key}.*") for each, content in inner.items()}

    def entries(self, key: str) -> list["Table"]:
        """`[[key]]`, each time it stands there; at least once."""
        self._ask(key)
        inner = self.content.get(key)
        if not isinstance(inner, list) or not inner:
            self.fault(None, "missing_entry", name=key)
            return []
        tables = [self._inner((key, at), content, f"{key}.*") for at, content in enumerate(inner)]
        for table in tables:
            table.overridable = False
        return tables

    def _inner(self, place: KeyPath, content: object, shape: str) -> "Table":
        shape = f"{self.shape}.{shape}" if self.shape else shape
        of = (self.reading, self.source, (*self.place, *place))
        if isinstance(content, dict):
            return Table(*of, content, shape, self.overridable)
        self.fault(str(place[0]), "no_table", name=".".join(str(part) for part in place))
        return Table(*of, {}, shape, self.overridable, lost=True)

    def _variable(self, key: str) -> str:
        """MOTCUA_SERVER_PORT; nothing for a key that variables do not reach."""
        if not self.overridable or not self.place:
            return ""
        return PREFIX + re.sub(r"\W", "_", "_".join(map(str, (*self.place, key)))).upper()

    def _ask(self, key: str) -> None:
        self.asked.append(key)
        self.reading.keys.add(f"{self.shape}.{key}" if self.shape else key)

    def _take(self, key: str, default: _T | None, otherwise: _T, check: Callable[[object], _T]) -> _T:
        """The checked value; the default where it is left out; `otherwise` where it is wrong or missing."""
        self._ask(key)
        variable = self._variable(key)
        self.reading.variables.add(variable)
        try:
            if variable and variable in self.reading.environ:
                return check(FromEnvironment(self.reading.environ[variable]))
            if key in self.content:
                return check(self.content[key])
        except Wrong as wrong:
            self.fault(key, wrong.what, **wrong.facts)
            return otherwise
        if default is None:
            self.fault(key, "missing")
            return otherwise
        return default
