"""Every value that differs between machines comes from the environment; see docs/deployment.md."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.environment import LOOPBACK, Environment
from config.secret_key import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

PRODUCT_VERSION = "0.1.0"

DEBUG = env.flag("DEBUG")
# Plain HTTP, for a trial on one's own machine: allowed with loopback host names and no others.
INSECURE_HTTP = env.flag("INSECURE_HTTP", default=DEBUG)
TLS = not INSECURE_HTTP

VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var")
MEDIA_ROOT = env.folder("MEDIA_ROOT", VAR_DIR / "media")
SECRET_KEY = secret_key(env, VAR_DIR, debug=DEBUG)
ALLOWED_HOSTS = env.hosts(
    "ALLOWED_HOSTS",
    default=sorted(LOOPBACK) if INSECURE_HTTP else [],
    only_loopback=INSECURE_HTTP,
)
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")
# Where links in mails and documents lead, since a command or a worker sees no request.
SITE_URL = env.site("SITE_URL", ALLOWED_HOSTS, tls=TLS, noted=VAR_DIR / "address")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "events",
    "accounts",
    "jobs",
    "models_registry",
    "assessments",
    "reports",
]

MIDDLEWARE = [
    # First, so that answers made by the others carry the policy too.
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.compression.PageCompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.KeptPostMiddleware",
    # A view is closed to strangers unless it says login_not_required.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.SpokenLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.refusals.WrongMethodMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {
                "levels": "config.templatetags.levels",
                "ui": "config.templatetags.ui",
            },
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.organisation",
                "config.context.about",
            ],
        },
    }
]

# --- Database -------------------------------------------------------------------------------------

SQLITE_OPTIONS: dict[str, Any] = {
    # The write lock is taken at the start: writers queue, where upgrading a read lock would fail.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
DATABASES = {"default": env.database("DATABASE_URL", VAR_DIR / "db.sqlite3")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Cache and jobs: Redis, or files when there is none -------------------------------------------

REDIS_URL = env.url("REDIS_URL", {"redis", "rediss"}, "redis://localhost:6379/0")
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {
        # Shared by all web processes, as the limits on sign-in attempts must be.
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# The host means nothing to the file transport, which warns at each start without one.
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_TASK_SOFT_TIME_LIMIT = 14 * 60
if REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        # Above the hard limit, or a long task would be handed out a second time while it runs.
        "visibility_timeout": CELERY_TASK_TIME_LIMIT + 5 * 60,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 3,
    }
else:
    BROKER_DIR = env.folder("BROKER_DIR", VAR_DIR / "broker")
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "messages"),
        "data_folder_out": str(BROKER_DIR / "messages"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.1,
    }
    for name in ("messages", "control"):
        (BROKER_DIR / name).mkdir(mode=0o700, exist_ok=True)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# In KiB: a report takes some 200 MiB; a process that has grown beyond this makes room for another.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 512 * 1024
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep-reports": {
        "task": "reports.tasks.sweep_reports",
        "schedule": 10.0,
        # Sweeps that nobody ran are not worth catching up on.
        "options": {"expires": 10},
    },
    "sweep-runs": {
        "task": "models_registry.tasks.sweep_runs",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "lapse-decisions": {
        "task": "assessments.tasks.lapse_decisions",
        "schedule": 60.0 * 60,
        "options": {"expires": 60 * 60},
    },
}

# --- People and sign-in ---------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.ClosedAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if TLS else "http"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_email": "5/m/user",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
    "confirm_email": "1/3m/key",
    # Ours: mails to strangers, and passwords set through their links.
    "invite": "60/h/user",
    "invite_again": "3/h/key",
    "accept_invitation": "30/m/ip",
}
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_FAILURE_VIEW = "accounts.views.keeping.csrf_failure"
# What members own and hand over when they leave, one line for each kind.
BELONGINGS = ["accounts.belongings.INVITATIONS", "assessments.belongings.OPEN_WORK"]
# Fills an example organisation; it needs apps that accounts may not import.
EXAMPLE_LOADER = "assessments.examples.load_examples"

# --- HTTP: safe unless INSECURE_HTTP says otherwise -----------------------------------------------

SECURE_SSL_REDIRECT = TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS
SECURE_HSTS_PRELOAD = TLS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
# Proxies in front of us whose X-Forwarded-* headers may be believed; none unless it is said.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- Files, language, mail, log -------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": env.storage("STORAGE_URL"),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Uploads go to disk as they come in, beside where they are kept: kept without being copied.
FILE_UPLOAD_HANDLERS = ["models_registry.evidence.uploading.StreamedUploadHandler"]
FILE_UPLOAD_TEMP_DIR = VAR_DIR / "uploads"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)
# Of all files that are sent in one go.
MAX_UPLOAD_MB = env.number("MAX_UPLOAD_MB", 4096, least=1)
MAX_UPLOAD_FILES = env.number("MAX_UPLOAD_FILES", 50, least=1)
# Some above, so that whoever chose too many gets the form back.
DATA_UPLOAD_MAX_NUMBER_FILES = MAX_UPLOAD_FILES * 4

LANGUAGES = [("en", _("English")), ("de", _("German"))]
LANGUAGE_CODE = env.one_of("LANGUAGE_CODE", [code for code, _name in LANGUAGES], "en")
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

MAIL = env.mail("EMAIL_URL")
EMAIL_BACKEND = MAIL["EMAIL_BACKEND"]
EMAIL_HOST = MAIL.get("EMAIL_HOST", "localhost")
EMAIL_PORT = MAIL.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = MAIL.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = MAIL.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = MAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = MAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
# Who answers about barriers on these pages: an e-mail address or that of a page.
ACCESSIBILITY_CONTACT = env.text("ACCESSIBILITY_CONTACT", "")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Drawbridge <drawbridge@localhost>")

LOG_LEVEL = env.one_of("LOG_LEVEL", ["DEBUG", "INFO", "WARNING", "ERROR"], "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # Django would add handlers and levels of its own: every line twice, and LOG_LEVEL unheard.
        "django": {"handlers": [], "level": "NOTSET"},
        "django.server": {"handlers": [], "level": "NOTSET", "propagate": True},
        # They tell of every page and every font table, and writing that down costs time.
        "weasyprint": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
    },
}
