"""Settings from the environment. What is missing or wrong stops the start, by the name of the variable.

docs/operations.md lists every variable. Tests and the demo have settings of their own on top of these.
"""

import base64
import binascii
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
PACKAGE = Path(__file__).resolve().parent


def key_of_32_bytes(name: str) -> str:
    """A URL-safe base64 key of 32 bytes from the environment (`mentorkorps new_keys` prints a set)."""
    value: str = env.str(name)
    try:
        size = len(base64.urlsafe_b64decode(value))
    except (binascii.Error, ValueError):
        size = 0
    if size != 32:
        raise ImproperlyConfigured(f"{name} must be 32 bytes in URL-safe base64; run: mentorkorps new_keys")
    return value


SECRET_KEY = env.str("MENTORKORPS_SECRET_KEY")
CPR_KEYS = {
    "encrypt": key_of_32_bytes("MENTORKORPS_CPR_KEY"),
    "index": key_of_32_bytes("MENTORKORPS_INDEX_KEY"),
}
JOURNAL_KEY = key_of_32_bytes("MENTORKORPS_JOURNAL_KEY")
ALLOWED_HOSTS = env.list("MENTORKORPS_HOSTS", default=["127.0.0.1", "localhost"])
BEHIND_TLS = env.bool("MENTORKORPS_TLS", default=True)
DEBUG = False
DEMO = False

INSTALLED_APPS = [
    "mentorkorps.journal",
    "mentorkorps.municipality",
    "mentorkorps.cases",
    "mentorkorps.followup",
    "mentorkorps.ledger",
    "mentorkorps.steering",
    "mentorkorps.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "mentorkorps.web.middleware.never_cache_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mentorkorps.web.middleware.end_idle_sessions",
    "mentorkorps.web.middleware.demand_second_factor",
]

ROOT_URLCONF = "mentorkorps.web.urls"
WSGI_APPLICATION = "mentorkorps.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mentorkorps.web.context.house",
            ],
            "builtins": ["mentorkorps.web.templatetags.words"],
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL", default="sqlite:///var/mentorkorps.sqlite3")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;",
    }
else:
    DATABASES["default"]["OPTIONS"] = {
        "pool": {"min_size": 1, "max_size": env.int("MENTORKORPS_POOL", default=8), "timeout": 10},
        # Sealing the journal relies on transactions that end well within its lag (journal.actions).
        "options": "-c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000",
    }

AUTH_USER_MODEL = "municipality.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "mentorkorps.web.signin.Adapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "front_door"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Mentorkorps"
MFA_ADAPTER = "mentorkorps.web.signin.SecondFactor"
# Lockout: five wrong passwords for one account, or thirty from one address, close the door for 15 minutes.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key,30/15m/ip", "login": "60/m/ip"}

SESSION_COOKIE_NAME = "mk_session"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_IDLE_MINUTES = env.int("MENTORKORPS_IDLE_MINUTES", default=30)
# Text that was typed and never sent goes after so many days (since November 2026; no rule of law says how many).
DRAFT_DAYS = env.int("MENTORKORPS_DRAFT_DAYS", default=30)
# How long the link to a citizen's own page can be opened.
CITIZEN_LINK_HOURS = env.int("MENTORKORPS_CITIZEN_LINK_HOURS", default=48)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = env.list("MENTORKORPS_ORIGINS", default=[])
CSRF_FAILURE_VIEW = "mentorkorps.web.errors.stale_form"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
# Files with citizens in them are read without a copy on the disk (domain.intake.LARGEST_FILE and the form around it).
FILE_UPLOAD_MAX_MEMORY_SIZE = 11_000_000

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk")]
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = env.path("MENTORKORPS_STATIC", default="var/static")()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Shared by all processes, since the lockout counts in it (`mentorkorps createcachetable` makes the table).
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
vars().update(env.email("MENTORKORPS_MAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("MENTORKORPS_MAIL_FROM", default="mentorkorps@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("MENTORKORPS_LOG_LEVEL", default="INFO")},
    "loggers": {
        # Without their arguments: a query or a form may hold a citizen's words.
        "django.db.backends": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
