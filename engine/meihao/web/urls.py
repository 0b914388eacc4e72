"""Lists the addresses: every page, and who answers it."""

from __future__ import annotations

from django.urls import path

from .pages import check, home, round, standard, try_out, unit, verify

urlpatterns = [
    path("", home.home, name="home"),
    path("check", check.check, name="check"),
    path("check/form", check.blank, name="blank_form"),
    path("try", try_out.try_out, name="try_out"),
    path("round", round.round_, name="round"),
    path("u/<str:code>", unit.unit, name="unit"),
    path("u/<str:code>/report", unit.report, name="unit_report"),
    path("standard", standard.standard, name="standard"),
    path("verify", verify.verify, name="verify"),
]
handler400 = "meihao.web.pages.refusals.bad"
handler404 = "meihao.web.pages.refusals.missing"
handler500 = "meihao.web.pages.refusals.failed"
