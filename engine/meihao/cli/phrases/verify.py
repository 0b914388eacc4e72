"""Holds what signing a published file asks; what its verification says stands in `audit/words.py`."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

VERIFY: Mapping[str, Label] = {
    "password": Label("密钥密码", "password of the key"),
}
