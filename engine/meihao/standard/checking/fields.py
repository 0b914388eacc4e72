"""Finds missing ranges, questions that nobody needs, and a burden above the budget."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...core.problems import Problem, Problems
from ..model import NUMERIC, Burden, Criterion, Field, Pack, leaves
from ..model.parts import documents_of, fields_looked_at
from ..model.reads import fields_of
from . import messages as says

_PICTURE = re.compile("照片|图片|相片|影像|视频|截图|定位|坐标|位置")


def check_fields(pack: Pack) -> Problems:
    used = set(fields_used(pack))
    return (
        *(problem for field in pack.fields for problem in _check_field(field, used)),
        *(p for _, root in pack.standards for item in leaves(root) for p in _check_necessity(item, pack)),
        *(p for _, root in pack.standards for item in leaves(root) for p in _check_looks(item, pack)),
        *_check_registers(pack),
        *_check_burden(pack),
    )


def _check_registers(pack: Pack) -> Iterator[Problem]:
    named = {field.register for field in pack.fields}
    for register in pack.registers:
        if register.id not in named:
            yield says.REGISTER_UNUSED.at(register.source, register=register.id)


def fields_used(pack: Pack) -> tuple[str, ...]:
    """Return the ids of the fields that anything in the pack reads, sorted."""
    processes = {process.id: process for process in pack.processes}
    readers = (
        *(item for _, root in pack.standards for item in leaves(root)), *pack.rules, *pack.bonuses, *pack.processes, *pack.grades
    )  # fmt: skip
    return tuple(sorted({name for reader in readers for name in fields_of(reader, processes)}))


def _check_field(field: Field, used: set[str]) -> Iterator[Problem]:
    if field.type in NUMERIC and field.range is None:
        yield says.RANGE_MISSING.at(field.source, field=field.id)
    for column in field.columns:
        if column.type in NUMERIC and column.range is None:
            yield says.RANGE_MISSING.at(field.source, field=f"{field.id}.{column.id}")
    if field.when_absent_empty and field.provided_by != "registry":
        yield says.ABSENT_NOT_REGISTRY.at(field.source, field=field.id)
    if field.when_absent_empty and not field.register:
        yield says.ABSENT_WITHOUT_REGISTER.at(field.source, field=field.id)
    if field.register and not field.when_absent_empty:
        yield says.REGISTER_WITHOUT_ABSENT.at(field.source, field=field.id)
    if field.id not in used:
        yield says.FIELD_UNUSED.at(field.source, field=field.id)


def _check_looks(item: Criterion, pack: Pack) -> Iterator[Problem]:
    """Yield an item that wants several inspectors, but asks for nothing that inspectors bring."""
    fields, processes = {f.id: f for f in pack.fields}, {process.id: process for process in pack.processes}
    if item.looks and not fields_looked_at(item, fields, processes):
        yield says.LOOKS_WITHOUT_INSPECTOR.at(item.source, item=item.id)


def _check_necessity(item: Criterion, pack: Pack) -> Iterator[Problem]:
    """Yield photos and positions that are asked for without a reason in any field of the item."""
    if any(field.necessity for field in pack.fields if field.id in item.asks):
        return
    for document in documents_of(item):
        if _PICTURE.search(document.title.zh):
            yield says.NECESSITY_MISSING.at(item.source, item=item.id, document=document.title.zh)


def burden_of(pack: Pack, kind: str) -> Burden:
    """Return what one unit of a kind is asked: its own fields with their minutes, and the documents that must be there."""
    processes = {process.id: process for process in pack.processes}
    items = tuple(leaves(pack.standard(kind)))
    rules = [rule for rule in pack.rules if kind in rule.kinds]
    bonuses = [bonus for bonus in pack.bonuses if kind in bonus.kinds]
    asked = {name for record in (*items, *rules, *bonuses) for name in fields_of(record, processes)}
    own = [field for field in pack.fields if field.id in asked and field.provided_by == "applicant"]
    files = {document.title.zh for item in items for document in documents_of(item) if not document.optional}
    return Burden(len(own), len(files), sum(field.minutes for field in own))


def _check_burden(pack: Pack) -> Iterator[Problem]:
    if pack.burden is None:
        return
    words = (("fields", "个字段", "fields"), ("files", "份材料", "documents"), ("minutes", "分钟", "minutes"))
    for kind, _ in pack.standards:
        found = burden_of(pack, kind)
        for name, zh, en in words:
            count, limit = getattr(found, name), getattr(pack.burden, name)
            if count > limit:
                values = {"found": count, "limit": limit, "what_zh": zh, "what_en": en}
                yield says.BURDEN.at(pack.source, kind=kind, **values)
