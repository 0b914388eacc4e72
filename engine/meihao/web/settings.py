"""Sets Django up for one site: no settings file, nothing from the environment, strict by default."""

from __future__ import annotations

from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from .site import Site

MOST_CARRIED = 8_000_000  # bytes of a workbook that a page carries along while it is corrected
HERE = Path(__file__).parent
KEPT = ("meihao.web.kept",)  # where tables are defined
MOST_UPLOADED = 64_000_000  # bytes of one request: the guards of workbooks and archives have limits of their own


MIDDLEWARE = (
    "meihao.web.language.language",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "meihao.web.guards.headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "meihao.web.who.account",
)
TEMPLATES = {
    "BACKEND": "django.template.backends.jinja2.Jinja2",
    "DIRS": [HERE / "templates"],
    "OPTIONS": {"environment": "meihao.web.paint.environment"},
}
STATIC = {
    "STATIC_URL": "/static/", "STATICFILES_DIRS": [HERE / "static"],
    "WHITENOISE_USE_FINDERS": True, "WHITENOISE_AUTOREFRESH": False, "WHITENOISE_MAX_AGE": 3600,
}  # fmt: skip
UPLOADS = {  # in memory alone, so that nothing of them reaches the disk
    "FILE_UPLOAD_HANDLERS": ["django.core.files.uploadhandler.MemoryFileUploadHandler"],
    "FILE_UPLOAD_MAX_MEMORY_SIZE": MOST_UPLOADED, "DATA_UPLOAD_MAX_MEMORY_SIZE": MOST_UPLOADED,
    "DATA_UPLOAD_MAX_NUMBER_FIELDS": 10_000,
}  # fmt: skip
GUARDS = {
    "CSRF_COOKIE_HTTPONLY": True, "CSRF_COOKIE_SAMESITE": "Strict",
    "CSRF_FAILURE_VIEW": "meihao.web.pages.refusals.forged", "SECURE_REFERRER_POLICY": "same-origin",
    "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin", "X_FRAME_OPTIONS": "DENY",
}  # fmt: skip
LOGINS = {  # who is logged in is told by rows, by a key that ends with the browser
    "SESSION_ENGINE": "meihao.web.kept.sessions", "SESSION_COOKIE_NAME": "session", "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax", "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
    "PASSWORD_HASHERS": ["meihao.web.passwords.Hashing"],
}  # fmt: skip
LOGGING = {  # our own errors alone: who asked for what is written nowhere
    "version": 1, "disable_existing_loggers": False, "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}  # fmt: skip
TABLES: dict[str, Any] = {  # the databases of served folders are connected when these are opened
    "INSTALLED_APPS": KEPT, "USE_TZ": True, "DATABASES": {}, "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
}  # fmt: skip


PAGES: dict[str, Any] = {
    **TABLES, **STATIC, **UPLOADS, **GUARDS, **LOGINS, "DEBUG": False, "ROOT_URLCONF": "meihao.web.urls", "USE_I18N": False,
    "LOGGING": LOGGING, "MIDDLEWARE": MIDDLEWARE, "TEMPLATES": [TEMPLATES],
    "INSTALLED_APPS": ("django.contrib.staticfiles", *KEPT),
}  # fmt: skip


def set_up_tables() -> None:
    """Set Django up to read and write served folders, which commands do without serving any. Doing so twice is once.

    Forms are signed by a secret that ends with the process.
    """
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(**PAGES, SECRET_KEY=token_urlsafe(48), ALLOWED_HOSTS=[])
        django.setup()


def set_up(site: Site, hosts: tuple[str, ...]) -> None:
    """Set Django up for a site that answers to these names of hosts; a process serves one."""
    from django.conf import settings

    set_up_tables()
    settings.MEIHAO, settings.ALLOWED_HOSTS = site, list(hosts)
    if site.https:
        settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
