"""The types of what the hub sends to its pages: web/snapshots.d.ts, from the dataclasses of hall/views.

`python -m tools.snapshots` writes the file; a test holds it to the dataclasses.
"""

import dataclasses
import importlib
import pkgutil
from inspect import cleandoc, get_annotations
from pathlib import Path
from types import ModuleType, NoneType, UnionType
from typing import Annotated, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from hall import views

FILE = Path(__file__).resolve().parents[1] / "web" / "snapshots.d.ts"
HEAD = "// Written by `python -m tools.snapshots` from hall/views; changes belong there."
PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", NoneType: "null"}


def written() -> str:
    """The whole file."""
    modules = [f"hall.views.{each.name}" for each in pkgutil.iter_modules(views.__path__)]
    shapes = [shape for each in modules for shape in shapes_of(importlib.import_module(each))]
    names = [shape.__name__ for shape in shapes]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"two views of one name: {', '.join(sorted(twice))}")
    return "\n\n".join([HEAD, *(interface(shape) for shape in shapes)]) + "\n"


def shapes_of(module: ModuleType) -> list[type]:
    return [
        each
        for each in vars(module).values()
        if isinstance(each, type) and each.__module__ == module.__name__ and is_shape(each)
    ]


def is_shape(kind: type) -> bool:
    return dataclasses.is_dataclass(kind) or is_typeddict(kind)


def interface(shape: type) -> str:
    """Its own fields; those of a view it builds on are there."""
    bases = [base.__name__ for base in shape.__bases__ if dataclasses.is_dataclass(base)]
    hints = get_type_hints(shape)
    lines = [f"  {name}: {in_typescript(hints[name])};" for name in get_annotations(shape)]
    extends = f" extends {bases[0]}" if bases else ""
    return "\n".join([*said(shape), f"export interface {shape.__name__}{extends} {{", *lines, "}"])


def said(shape: type) -> list[str]:
    """The docstring as a comment. A dataclass without one has been given one made of its fields."""
    doc = shape.__doc__
    if not doc or doc.startswith(f"{shape.__name__}("):
        return []
    lines = cleandoc(doc).splitlines()
    return (
        [f"/** {lines[0]} */"]
        if len(lines) == 1
        else ["/**", *(f" * {each}".rstrip() for each in lines), " */"]
    )


def in_typescript(kind: object) -> str:
    """Refuses what JSON has no one shape for, and a value that is not made for the pages."""
    if isinstance(kind, type) and kind in PLAIN:
        return PLAIN[kind]
    if isinstance(kind, type) and is_shape(kind) and kind.__module__.startswith(f"{views.__name__}."):
        return kind.__name__
    parts = get_args(kind)
    match get_origin(kind):
        case origin if origin is Annotated:
            return in_typescript(parts[0])
        case origin if origin is Literal:
            return " | ".join(f'"{each}"' for each in parts)
        case origin if origin in (Union, UnionType):
            return " | ".join(in_typescript(each) for each in parts)
        case origin if origin is tuple and parts[1:] == (...,):
            inner = in_typescript(parts[0])
            return f"({inner})[]" if "|" in inner else f"{inner}[]"
        case _:
            raise TypeError(f"a view may not have a field of the type {kind}")


if __name__ == "__main__":
    FILE.write_text(written())
