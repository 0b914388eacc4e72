"""Lists the addresses: every page, and who answers it."""

from __future__ import annotations

from django.urls import path

from .pages import account, begin, check, home, login, round, standard, try_out, unit, verify

urlpatterns = [
    path("", home.home, name="home"),
    path("check", check.check, name="check"),
    path("check/form", check.blank, name="blank_form"),
    path("try", try_out.try_out, name="try_out"),
    path("round", round.round_, name="round"),
    path("u/<str:code>", unit.unit, name="unit"),
    path("u/<str:code>/report", unit.report, name="unit_report"),
    path("login", login.login, name="login"),
    path("logout", login.logout, name="logout"),
    path("password", account.password, name="password"),
    path("totp", account.totp, name="totp"),
    path("account", account.account, name="account"),
    path("begin/<str:token>", begin.begin, name="begin"),
    path("standard", standard.standard, name="standard"),
    path("verify", verify.verify, name="verify"),
]
handler400 = "meihao.web.pages.refusals.bad"
handler404 = "meihao.web.pages.refusals.missing"
handler500 = "meihao.web.pages.refusals.failed"
