"""The environment without the settings of the person whose shell it is."""

import os

# As in the table of the README.
SETTINGS = frozenset(
    {
        "ACCESSIBILITY_CONTACT",
        "ALLOWED_HOSTS",
        "BROKER_DIR",
        "CSRF_TRUSTED_ORIGINS",
        "DATABASE_URL",
        "DEBUG",
        "DEFAULT_FROM_EMAIL",
        "DJANGO_SETTINGS_MODULE",
        "EMAIL_URL",
        "INSECURE_HTTP",
        "LANGUAGE_CODE",
        "LOG_LEVEL",
        "MAX_UPLOAD_FILES",
        "MAX_UPLOAD_MB",
        "MEDIA_ROOT",
        "REDIS_URL",
        "SECRET_KEY",
        "SITE_URL",
        "STORAGE_URL",
        "TRUSTED_PROXIES",
        "VAR_DIR",
    }
)


def without_settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in SETTINGS}
