"""Which keys of the installation two configurations say differently."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from config.settings import Settings

# How the file calls what the settings call otherwise.
NAMES = {
    "store_dir": ("store", "dir"),
    "store_second": ("store", "second"),
    "log_level": ("log", "level"),
    "printers": ("printer",),
}


def different(before: Settings, after: Settings) -> list[str]:
    """As the file has them: "[server] port", and "[printer.front]" for one that is new or has gone."""
    old, new = _tables(before), _tables(after)
    names: list[str] = []
    for table in dict.fromkeys([*old, *new]):
        if table not in old or table not in new:
            names.append(f"[{table}]")
        else:
            names += [f"[{table}] {key}" for key, value in new[table].items() if value != old[table].get(key)]
    return names


def _tables(settings: Settings) -> dict[str, dict[str, object]]:
    tables: dict[str, dict[str, object]] = defaultdict(dict)
    for (*table, key), value in _leaves(settings, ()):
        tables[".".join(table)][key] = value
    return tables


def _leaves(value: object, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    if is_dataclass(value):
        for each in fields(value):
            inside = getattr(value, each.name)
            if each.name == "equipment":  # a hall's own file has these tables
                for equipment in inside.values():
                    yield from _leaves(equipment, place)
            else:
                yield from _leaves(inside, (*place, *NAMES.get(each.name, (each.name,))))
    elif isinstance(value, Mapping):
        for key, inside in value.items():
            yield from _leaves(inside, (*place, str(key)))
    else:
        yield place, value
