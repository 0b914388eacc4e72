"""Makes the mark of a draft, with the number of errors; it stands on everything that is made by such a standard."""

from __future__ import annotations

from ..core.label import Label

_NO_MARK = Label("")


def draft_mark(errors: int) -> Label:
    """Return what stands on every page and output of a standard that has errors; an empty text where it has none.

    >>> draft_mark(3).zh, draft_mark(1)["en"], draft_mark(0)["en"]
    ('草案：标准有3个错误，结果不作依据', 'DRAFT: the standard has 1 error; not for decisions', '')
    """
    if not errors:
        return _NO_MARK
    return Label(
        f"草案：标准有{errors}个错误，结果不作依据",
        f"DRAFT: the standard has {errors_of(errors)['en']}; not for decisions",
    )


def errors_of(errors: int) -> Label:
    """Return a count of errors in words.

    >>> errors_of(1)["en"], errors_of(2).zh
    ('1 error', '2个错误')
    """
    return Label(f"{errors}个错误", f"{errors} error{'' if errors == 1 else 's'}")
