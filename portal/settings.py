"""Django settings. Every value from outside comes through `portal.environment`."""

from __future__ import annotations

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE

from home.first_paint import CSP_HASH
from portal import environment, services

BASE_DIR = environment.BASE_DIR
env = environment.read()
PRODUCTION = env["PORTAL_MODE"] == "production"
EMBEDDED = not PRODUCTION
DATA_DIR = env["PORTAL_DATA_DIR"]

DEBUG = env["DEBUG"]
SECRET_KEY = env["SECRET_KEY"] or services.embedded_secret(DATA_DIR)
ALLOWED_HOSTS = env["ALLOWED_HOSTS"]
BASE_URL = env["BASE_URL"]
HTTPS = BASE_URL.startswith("https://")
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    # our floors, top to bottom: templates and commands of an upper floor win
    "portal",
    "digests",
    "masterclasses",
    "careers",
    "accounts",
    "home",
    "jobs",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtailmedia",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.locales",
    "accounts.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "anymail",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.ContentSecurityPolicyByPath",
    "portal.page_cache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.PersonMiddleware",
    "accounts.middleware.AdminSecondFactorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "home.context_processors.shell",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Data -----------------------------------------------------------------------------------------------------
DATABASES = {"default": environment.database(env["DATABASE_URL"], DATA_DIR)}
if env["DATABASE_POOL"] and "postgresql" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"] |= {"CONN_MAX_AGE": 0, "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}}}
REDIS_URL_SET = bool(env["REDIS_URL"])
CACHES = {
    "default": services.cache(env, DATA_DIR),
    # Pages fetch all their renditions in one query; Wagtail would also write each into a cache at every request.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
STORAGES = services.storages(env)
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
MEDIA_ACCEL = env["MEDIA_ACCEL"]
MEDIA_S3_DIRECT = env["MEDIA_S3_DIRECT"]
UPLOADS_DIR = DATA_DIR / "uploads"  # videos on their way in; on this machine even where media are in S3
STATIC_URL = "/static/"
STATIC_ROOT = services.static_root(env, BASE_DIR)
STATICFILES_DIRS = services.static_dirs(BASE_DIR)
WHITENOISE_USE_FINDERS = EMBEDDED
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Language and time ------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
#: Each in its own words. The first is the one without a prefix in addresses (`docs/adr/0029-languages.md`).
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
FORMAT_MODULE_PATH = "portal.formats"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = WAGTAIL_I18N_ENABLED = True
USE_TZ = True
TIME_ZONE = "Europe/London"

# People -----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {"signup": "accounts.forms.SignupForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = env["TRUSTED_PROXIES"]
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # or nobody with a second factor could ever change their address
MFA_TOTP_TOLERANCE = 1
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
REQUIRE_ADMIN_MFA = env["REQUIRE_ADMIN_MFA"]
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# Wagtail ----------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Career Portal"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAILIMAGES_IMAGE_MODEL = "home.CustomImage"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 128_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.forms.ImageForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILEMBEDS_FINDERS = [{"class": "home.embeds.AllowedProviderFinder"}]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_MODERATION_ENABLED = True
WAGTAILMEDIA = {
    "MEDIA_MODEL": "masterclasses.Video",
    "MEDIA_FORM_BASE": "masterclasses.forms.VideoForm",
    "VIDEO_EXTENSIONS": ["mp4", "m4v", "mov", "mkv", "webm", "avi", "mpg", "mpeg", "ts"],
    "AUDIO_EXTENSIONS": [],
}
TAGGIT_CASE_INSENSITIVE = True
TAG_SPACES_ALLOWED = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "home.stemming", "AUTO_UPDATE": True}}

# Mail -------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env["DEFAULT_FROM_EMAIL"]
DIGEST_FROM_EMAIL = env["DIGEST_FROM_EMAIL"]
DIGEST_RATE = env["DIGEST_RATE"]
DIGEST_DOMAIN_RATES = env["DIGEST_DOMAIN_RATES"]
DIGEST_MOST_PER_HOUR = env["DIGEST_MOST_PER_HOUR"]
BOUNCE_MAILBOX = env["BOUNCE_MAILBOX"]
EMAIL_TIMEOUT = 30
EMAIL_FILE_PATH = DATA_DIR / "mail"
globals().update(services.mail(env))

# Work -------------------------------------------------------------------------------------------------------
globals().update(services.celery(env, DATA_DIR))
FFMPEG = env["FFMPEG"]
VIDEO_AV1 = env["VIDEO_AV1"]
VIDEO_ENCODER = services.VIDEO_ENCODERS[env["VIDEO_ENCODER"]]
REMOTE_ENCODER_URL = env["REMOTE_ENCODER_URL"]
REMOTE_ENCODER_SECRETS = env["REMOTE_ENCODER_SECRETS"]
MAX_VIDEO_BYTES = env["MAX_VIDEO_BYTES"]
PAGE_CACHE_SECONDS = env["PAGE_CACHE_SECONDS"]
SMALLEST_REPORTED_GROUP = env["SMALLEST_REPORTED_GROUP"]

#: "host:port" of servers on this machine that may be asked all the same: tests have one, nobody else.
PRIVATE_WEB_HOSTS: frozenset[str] = frozenset()
LINK_PAUSE = 3  # seconds between two requests to one site; robots.txt may ask for more

# Safety -----------------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"  # Wagtail lets its own previews be framed
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env["TRUSTED_PROXIES"] else None
if PRODUCTION and HTTPS:
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True

PUBLIC_CSP = {
    "default-src": [SELF],
    "script-src": [SELF, CSP_HASH],
    "connect-src": [SELF, *services.origins(MEDIA_S3_DIRECT)],
    "img-src": [SELF, "data:", "blob:", *services.origins(MEDIA_S3_DIRECT)],
    "media-src": [SELF, "blob:", *services.origins(MEDIA_S3_DIRECT)],
    "worker-src": [SELF, "blob:"],
    "frame-src": ["https://www.youtube-nocookie.com", "https://player.vimeo.com"],
    "frame-ancestors": [SELF],
    "form-action": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
}
ADMIN_CSP = PUBLIC_CSP | {
    "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "frame-src": [SELF, *PUBLIC_CSP["frame-src"]],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": PUBLIC_CSP}
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = services.logging(env)
services.report_errors(env["SENTRY_DSN"])
