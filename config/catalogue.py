"""The catalogue: fields, procedures and priority groups, shared by the halls of a province."""

import re
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from config import values
from config.table import Reading, Table
from config.trade import read_trade
from hall.setup import PriorityGroup, Procedure, Trade
from hall.words import shortened

TABLES = {"field", "procedure", "priority", "trade", "outcome"}
CODE = r"[A-Z][A-Z0-9]{1,11}"
# As the national database writes it, with or without the part that names who manages the procedure.
NATIONAL_CODE = r"\d\.\d{6}(\.[0-9A-Z]{1,4}){0,4}"
PUBLISHED = 2000  # characters of what a published list says; names of procedures there have more than 560
EXAMPLES = 60  # characters of what people come for, on the tile of a field
IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")
SHORT = 120  # characters of a name on slip, tile and list


@dataclass(frozen=True, slots=True)
class CatalogueField:
    """A field as the catalogue has it; which queue it waits in is the hall's affair."""

    code: str
    name: str
    name_en: str
    line: int
    examples: str
    examples_en: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """`procedures` do not know their queue yet."""

    file: str
    fields: dict[str, CatalogueField]
    procedures: dict[str, Procedure]
    priorities: dict[str, PriorityGroup]
    trade: Trade = field(default_factory=Trade)


def read_catalogue(reading: Reading, path: Path) -> Catalogue:
    """What cannot be read is left out, with its fault; of a file that cannot be, `file` is empty."""
    source = reading.source(path)
    if source is None:
        return Catalogue("", {}, {}, {})
    with Table(reading, source, (), source.data, "", overridable=False) as root:
        fields = {code: _field(table, code) for code, table in root.tables("field").items()}
        # With a table of another name, such as [fields.CT], it is not known which fields there are.
        known = fields if source.data.keys() <= TABLES else None
        procedures = {
            code: _procedure(table, code, known) for code, table in root.tables("procedure").items()
        }
        priorities = {
            code: _priority(table, code) for code, table in root.tables("priority", least=0).items()
        }
        used = {procedure.field for procedure in procedures.values()}
        for each in (known or {}).values():
            if procedures and each.code not in used:
                what = reading.tell("no_procedure")
                reading.faults.add(source.name, each.line, f"[field.{each.code}]: {what}")
        trade = read_trade(root, procedures)
    if known is None:
        return Catalogue("", {}, {}, {})
    return Catalogue(source.name, fields, procedures, priorities, trade)


def _field(table: Table, code: str) -> CatalogueField:
    with table:
        table.check_id(code, CODE, "CT")
        line = table.source.line(table.place)
        name = table.words("name")
        in_brackets = IN_BRACKETS.search(name)
        return CatalogueField(
            code,
            name,
            table.words("name_en"),
            line,
            table.words("examples", "", longest=EXAMPLES) or (in_brackets[1] if in_brackets else ""),
            table.words("examples_en", "", longest=EXAMPLES),
        )


def _procedure(table: Table, code: str, fields: dict[str, CatalogueField] | None) -> Procedure:
    with table:
        table.check_id(code, CODE, "CT01")
        field = table.text("field")
        if field and fields is not None and field not in fields:
            table.fault("field", "unknown", said=field, known=fields)
        name, name_en = (table.words(key, longest=PUBLISHED) for key in ("name", "name_en"))
        published = partial(values.words, longest=PUBLISHED)
        papers, papers_en = (table.texts(key, (), of=published) for key in ("papers", "papers_en"))
        if papers_en and len(papers_en) != len(papers):
            table.fault("papers_en", "papers_unlike", count=len(papers_en), other=len(papers))
        return Procedure(
            code=code,
            field=field,
            queue="",
            name=name,
            short=table.words("short", "", longest=SHORT) or shortened(name, SHORT),
            name_en=name_en,
            papers=papers,
            fee=table.words("fee", longest=PUBLISHED),
            time=table.words("time", longest=PUBLISHED),
            frequent=table.flag("frequent", False),
            available=table.flag("available", True),
            national_code=table.matching("national_code", NATIONAL_CODE, "2.000815", ""),
            papers_en=papers_en,
            fee_en=table.words("fee_en", "", longest=PUBLISHED),
            time_en=table.words("time_en", "", longest=PUBLISHED),
            short_en=table.words("short_en", "", longest=SHORT) or shortened(name_en, SHORT),
            words=table.texts("words", ()),
        )


def _priority(table: Table, code: str) -> PriorityGroup:
    with table:
        table.check_id(code, CODE, "NCT")
        ground = table.words("ground", longest=PUBLISHED)
        return PriorityGroup(code, table.words("name"), table.words("name_en"), ground)
