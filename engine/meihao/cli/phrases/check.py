"""Holds what is said of a standard that is checked, and of cases that it lacks."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

CHECK: Mapping[str, Label] = {
    "faults_counted": Label("{errors}个错误，{warnings}个提醒", "{errors} errors, {warnings} warnings"),
    "sealed": Label("已封存", "sealed"),
    "cases_counted": Label("{passed}个用例通过，{failed}个不符", "{passed} cases pass, {failed} do not"),
}
