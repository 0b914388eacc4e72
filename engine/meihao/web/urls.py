"""Lists the addresses: every page, and who answers it."""

from __future__ import annotations

from django.urls import path

from .pages import (
    account,
    admin,
    begin,
    check,
    fill,
    home,
    login,
    papers,
    people,
    receipts,
    register,
    review,
    round,
    standard,
    try_out,
    unit,
    verify,
)  # fmt: skip

urlpatterns = [
    path("", home.home, name="home"),
    path("check", check.check, name="check"),
    path("check/form", check.blank, name="blank_form"),
    path("try", try_out.try_out, name="try_out"),
    path("round", round.round_, name="round"),
    path("u/<str:code>", unit.unit, name="unit"),
    path("u/<str:code>/fill", fill.tasks, name="fill"),
    path("u/<str:code>/fill/book", papers.book, name="fill_book"),
    path("u/<str:code>/fill/check", fill.check, name="fill_check"),
    path("u/<str:code>/fill/part/<str:name>", fill.part, name="fill_part"),
    path("u/<str:code>/withdraw", fill.back, name="withdraw"),
    path("u/<str:code>/receipt", receipts.receipt, name="receipt"),
    path("u/<str:code>/receipt/file", receipts.receipt_file, name="receipt_pdf"),
    path("u/<str:code>/returned", receipts.slip_file, name="return_slip"),
    path("u/<str:code>/paper/<str:digest>", papers.paper, name="paper"),
    path("inbox", review.inbox, name="inbox"),
    path("review/<str:code>", review.unit, name="review"),
    path("review/<str:code>/register/<str:field>", register.register, name="register"),
    path("review/<str:code>/extend", review.longer, name="extend"),
    path("u/<str:code>/report", unit.report, name="unit_report"),
    path("login", login.login, name="login"),
    path("logout", login.logout, name="logout"),
    path("password", account.password, name="password"),
    path("totp", account.totp, name="totp"),
    path("account", account.account, name="account"),
    path("admin/people", people.listed, name="people"),
    path("admin/people/book", people.book, name="people_book"),
    path("admin/people/plan", people.plan, name="people_plan"),
    path("admin/people/apply", people.apply, name="people_apply"),
    path("admin/people/slips", people.slips, name="people_slips"),
    path("admin/people/of/<str:login>", people.one, name="person"),
    path("admin/may", admin.may_, name="may"),
    path("admin/journal", admin.journal, name="journal"),
    path("admin/security", admin.security, name="security"),
    path("begin/<str:token>", begin.begin, name="begin"),
    path("standard", standard.standard, name="standard"),
    path("verify", verify.verify, name="verify"),
]
handler400 = "meihao.web.pages.refusals.bad"
handler404 = "meihao.web.pages.refusals.missing"
handler500 = "meihao.web.pages.refusals.failed"
