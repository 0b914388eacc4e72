"""Runs the whole audit on one screen: every check of every result in an opened file, by the standard and the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from ..assessment.published import AssessmentFile
from ..core.text import Label
from ..ranking.published import RankingFile
from ..reports.clean import clean
from ..reports.seal import first_part
from .checks import Standard, check_file, check_pack, check_record
from .child import ask
from .model import Audit, Check, Kind, OpenedFile, Record
from .remade import Again, check_again

SIGNATURE = Label("电子签名", "signature")
KINDS: Mapping[Kind, Label] = {
    "unit": Label("单位结果", "result of a unit"),
    "ranking": Label("排名", "ranking"),
    "notice": Label("公示名单", "public notice"),
    "details": Label("评定明细", "details behind a ranking"),
    "state": Label("数据状态", "state of the data"),
    "other": Label("其他文件", "another kind of document"),
}


def verify(
    document: OpenedFile, standard: Standard, again: Again | None = None, state: tuple[Check, ...] = ()
) -> tuple[Audit, ...]:
    """Return one audit a result. `again` is what the evidence gives; without it that much is not checked.

    `state` is what there is to say of the state of the evidence.
    """
    file = (*check_file(document), *check_signatures(document))
    audit = partial(_audit, document, file=file, standard=standard, again=again, state=state)
    return tuple(audit(record) for record in document.records)


def _audit(
    document: OpenedFile,
    record: Record,
    file: tuple[Check, ...],
    standard: Standard,
    again: Again | None,
    state: tuple[Check, ...],
) -> Audit:
    checks = (
        *file,
        *check_record(record),
        check_pack(record, standard),
        *state,
        *check_again(document, record, standard, again),
    )
    return Audit(subject_of(record), checks)


def subject_of(record: Record) -> Label:
    """Return what a result is about: the unit's name and code, or the kind of list and its round."""
    if isinstance(record.file, AssessmentFile):
        unit = record.file.body.unit
        return Label(clean(f"{unit.name} {unit.code}").strip())
    round_ = clean(record.file.body.round) if isinstance(record.file, RankingFile) else ""
    kind = KINDS[record.kind]
    return Label(f"{kind.zh} {round_}".strip(), f"{kind.en} {round_}".strip())


def check_signatures(document: OpenedFile) -> tuple[Check, ...]:
    """Return a check for each signature in a PDF. Whether a certificate deserves trust is never said: that is for the reader."""
    if document.sheets is None or len(document.data) == len(first_part(document.data)):
        return ()
    answer = ask("signed", document.data)
    if isinstance(answer, Label):
        return (Check("signature", "fails", SIGNATURE, Label(f"读不了：{answer.zh}", f"cannot be read: {answer.en}")),)
    if answer["signatures"] is None:
        why = Label(
            "本机没有pyHanko（pip install 'meihao[sign]'）", "pyHanko is not installed (pip install 'meihao[sign]')"
        )
        return (Check("signature", "not_checked", SIGNATURE, why),)
    if not answer["signatures"]:
        return (
            Check(
                "signature",
                "fails",
                SIGNATURE,
                Label("后来加了内容，却没有签名", "something was added, but it is not a signature"),
            ),
        )
    return tuple(map(_signature, answer["signatures"]))


def _signature(one: Mapping[str, object]) -> Check:
    who, stamp = clean(str(one["signer"])), clean(str(one["fingerprint"]))
    if not (one["intact"] and one["fits"]):
        said = Label(f"写着“{who}”，但签名与文件不符", f"it names “{who}”, but it does not match the file")
        return Check("signature", "fails", SIGNATURE, said)
    if not one["whole"]:
        said = Label(f"“{who}”签的不是整个文件", f"what “{who}” signed is not the whole file")
        return Check("signature", "fails", SIGNATURE, said)
    zh = f"由“{who}”的密钥签成，盖住整个文件，与文件相符；证书由{clean(str(one['issuer']))}签发，是否可信请自行判断，指纹{stamp}"
    en = (
        f"made with the key of “{who}”, covers the whole file and matches it; the certificate was issued by "
        f"{clean(str(one['issuer']))}: whether to trust it is for you to judge; its fingerprint is {stamp}"
    )
    return Check("signature", "holds", SIGNATURE, Label(zh, en))
