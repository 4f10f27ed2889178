"""The catalogue: fields, procedures and priority groups, shared by the halls of a province."""

from dataclasses import dataclass
from pathlib import Path

from config.source import read_source
from config.table import Reading, Table, allowed, did_you_mean
from hall.setup import PriorityGroup, Procedure

CODE = r"[A-Z][A-Z0-9]{1,11}"


@dataclass(frozen=True, slots=True)
class CatalogueField:
    """A field as the catalogue has it; which queue it waits in is the hall's affair."""

    code: str
    name: str
    name_en: str
    line: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """`procedures` do not know their queue yet."""

    file: str
    fields: dict[str, CatalogueField]
    procedures: dict[str, Procedure]
    priorities: dict[str, PriorityGroup]


def read_catalogue(reading: Reading, path: Path) -> Catalogue:
    """What cannot be read is left out, with its fault."""
    source = read_source(path, reading.faults)
    if source is None:
        return Catalogue(str(path), {}, {}, {})
    with Table(reading, source, (), source.data, "", overridable=False) as root:
        fields = {code: _field(table, code) for code, table in root.tables("field").items()}
        procedures = {
            code: _procedure(table, code, fields) for code, table in root.tables("procedure").items()
        }
        priorities = {code: _priority(table, code) for code, table in root.tables("priority").items()}
        used = {procedure.field for procedure in procedures.values()}
        for field in fields.values():
            if procedures and field.code not in used:
                reading.faults.add(
                    source.name, field.line, f"[field.{field.code}]: no procedure belongs to it"
                )
    return Catalogue(source.name, fields, procedures, priorities)


def _field(table: Table, code: str) -> CatalogueField:
    with table:
        table.check_id(code, CODE, "CT")
        line = table.source.line(table.place)
        return CatalogueField(code, table.text("name"), table.text("name_en"), line)


def _procedure(table: Table, code: str, fields: dict[str, CatalogueField]) -> Procedure:
    with table:
        table.check_id(code, CODE, "CT01")
        field = table.text("field")
        if field and field not in fields:
            table.fault("field", f'"{field}" is unknown.{did_you_mean(field, fields)} {allowed(fields)}')
        name = table.text("name")
        papers, papers_en = table.texts("papers", ()), table.texts("papers_en", ())
        if papers_en and len(papers_en) != len(papers):
            table.fault("papers_en", f"has {len(papers_en)} papers, papers has {len(papers)}")
        return Procedure(
            code=code,
            field=field,
            queue="",
            name=name,
            short=table.text("short", name or " ", longest=120),
            name_en=table.text("name_en"),
            papers=papers,
            fee=table.text("fee"),
            time=table.text("time"),
            frequent=table.flag("frequent", False),
            available=table.flag("available", True),
            national_code=table.matching("national_code", r"\d\.\d{6}", "2.000815", ""),
            papers_en=papers_en,
            fee_en=table.text("fee_en", ""),
            time_en=table.text("time_en", ""),
        )


def _priority(table: Table, code: str) -> PriorityGroup:
    with table:
        table.check_id(code, CODE, "NCT")
        return PriorityGroup(code, table.text("name"), table.text("name_en"), table.text("ground"))
