"""Decides what one workbook is for (pack, kind, role, round, language) and gives the records that its sheets are written from."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from ..core.label import Label, Lang
from ..round.model import Round
from ..round.roster import Enrolled
from ..standard.draft import draft_mark
from ..standard.model import ROLES, Pack, Role
from .asked import Asked, Page, WantedDocument, ledgers, pages, template_digest, wanted_documents
from .layout import COVER, DOCUMENTS, ITEMS, MARK_KEYS, NOTES, UNITS, VERSION, FormKind
from .style import sheet_names

BY_COMMITTEE = Label("由委员会填写", "to be filled in by the committee")
SHORT = 12  # hexadecimal digits of a digest that people compare


class Form(Struct, frozen=True):
    """One form. `on` is the day on which documents must be valid; `names` are the sheets' names by
    table field, and by the Chinese name of the fixed ones; `enrolled` are the units of its kind on the round's roster;
    `been` are the inspectors who have looked before, where the form is for another look."""

    pack: Pack
    kind: str
    kind_title: Label
    role: Role
    form: FormKind
    lang: Lang
    round: Round | None
    on: date | None
    digest: str
    pages: tuple[Page, ...]
    ledgers: tuple[Asked, ...]
    wanted: tuple[WantedDocument, ...]
    names: Mapping[str, str]
    enrolled: tuple[Enrolled, ...] = ()
    been: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[tuple[str, Label], ...]:
        """Return the codes of the units that may take part, as a dropdown lists them; none where the round has no roster."""
        return tuple((one.code, Label(one.code)) for one in self.enrolled)

    @property
    def regions(self) -> tuple[tuple[str, Label], ...]:
        """Return the codes of the round's regions, as a dropdown lists them."""
        return tuple((one.code, Label(one.code)) for one in self.round.regions) if self.round else ()

    @property
    def title(self) -> str:
        sheet, form = ("复查表", "Form for another look at") if self.been else ("填报表", "Form for")
        zh = f"{self.kind_title.zh}{sheet}（{ROLES[self.role].zh}填）"
        en = f"{form} a {self.kind_title['en']}, filled in by the {ROLES[self.role]['en']}"
        return self.tag + Label(zh, en)[self.lang]

    @property
    def tag(self) -> str:
        """Return what stands before the title of every sheet where the standard has errors."""
        return self.say("【草案】", "[DRAFT] ") if self.pack.errors else ""

    @property
    def short_digest(self) -> str:
        return self.digest.removeprefix("sha256:")[:SHORT]

    @property
    def foot(self) -> str:
        """Return the footer of every printed page: standard, edition, form, digest."""
        edition = Label(
            f"{self.pack.edition}版　表样{self.short_digest}", f"{self.pack.edition}, form {self.short_digest}"
        )
        parts = (draft_mark(self.pack.errors)[self.lang], self.pack.title[self.lang], edition[self.lang], self.title)
        return "　".join(part for part in parts if part)

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def document(self, title: str) -> str:
        """Return a document's title in the language of the form; one that nobody wants stays as it is."""
        return next((one.title[self.lang] for one in self.wanted if one.title.zh == title), title)

    def marks(self, unit: str) -> tuple[tuple[str, str], ...]:
        """Return what the hidden sheet says, in the order of MARK_KEYS."""
        values = {
            "form": self.form,
            "version": VERSION,
            "kind": self.kind,
            "role": self.role,
            "pack": self.pack.id,
            "edition": self.pack.edition,
            "pack_digest": self.pack.digest,
            "template_digest": self.digest,
            "round": self.round.id if self.round else "",
            "unit": unit,
            "lang": self.lang,
        }
        return tuple((key, values[key]) for key in MARK_KEYS)

    @property
    def _another(self) -> str:
        """Who has looked already and leaves a form for another look to someone else; "" for any other form."""
        if not self.been:
            return ""
        zh, en = "、".join(self.been), ", ".join(self.been)
        return self.say(f"（{zh}看过，请另一人填）", f" ({en} looked before: another one fills this in)")

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return what the head of the workbook says about it, as (label, value)."""
        issued = self.pack.issued_by or BY_COMMITTEE[self.lang]
        round_ = self.round.title[self.lang] if self.round else self.say("（没有指明）", "(none named)")
        day = self.round.reference_date if self.round else None
        draft = draft_mark(self.pack.errors)[self.lang]
        return (
            *(((self.say("注意", "Note"), draft),) if draft else ()),
            (self.say("标准", "Standard"), self.pack.title[self.lang]),
            (self.say("版次", "Edition"), self.pack.edition),
            (self.say("发布", "Issued by"), issued),
            (
                self.say("批次", "Round"),
                round_ + (self.say(f"，评定日{day}", f", reference date {day}") if day else ""),
            ),
            (self.say("单位类别", "Kind of unit"), self.kind_title[self.lang]),
            (self.say("谁来填", "Filled in by"), ROLES[self.role][self.lang] + self._another),
            (self.say("表样编号", "Form digest"), self.short_digest),
        )


def another_look(form: Form, fields: Container[str], been: tuple[str, ...]) -> Form:
    """Return an inspector's form with some of its lines alone, all of them owed, for one who has not looked yet.

    It keeps the digest of the whole form, whose lines it asks unchanged, so that it is taken in like the whole.
    """
    asked = tuple(
        replace(page, lines=tuple(replace(line, required=True) for line in page.lines if line.id in fields))
        for page in form.pages
    )
    left = tuple(page for page in asked if page.lines)
    return replace(form, pages=left, ledgers=ledgers(left), been=been)


def make_form(
    pack: Pack,
    kind: str,
    role: Role,
    form: FormKind,
    round_: Round | None,
    lang: Lang,
    on: date | None,
    enrolled: tuple[Enrolled, ...] = (),
) -> Form:
    """Return the form of a role for a kind. Raises KeyError for a kind that the pack has not."""
    asked = pages(pack, kind, role)
    tables = ledgers(asked)
    fixed = ((COVER, NOTES, ITEMS) if form == "unit" else (NOTES, UNITS)) + (DOCUMENTS,)
    keys = [one.zh for one in fixed] + [t.id for t in tables]
    titles = [one[lang] for one in (*fixed, *(t.title for t in tables))]
    names = dict(zip(keys, sheet_names(titles), strict=True))
    return Form(
        pack, kind, next(k.title for k in pack.kinds if k.id == kind), role, form, lang, round_,
        on or (round_.reference_date if round_ else None),
        template_digest(pack, kind, role, form), asked, tables,
        wanted_documents(pack, kind) if role == "applicant" else (),
        names,
        tuple(one for one in enrolled if one.kind == kind),
    )  # fmt: skip
