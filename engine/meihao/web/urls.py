"""Lists the addresses: every page, and who answers it."""

from __future__ import annotations

from django.urls import path

from .pages import home, standard

urlpatterns = [
    path("", home.home, name="home"),
    path("standard", standard.standard, name="standard"),
]
handler400 = "meihao.web.pages.refusals.bad"
handler404 = "meihao.web.pages.refusals.missing"
handler500 = "meihao.web.pages.refusals.failed"
