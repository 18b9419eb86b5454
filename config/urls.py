from django.urls import include, path
from django.views.generic import RedirectView

from config import views

handler400 = "config.refusals.bad_request"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("account/", include("allauth.account.urls")),
    path("", RedirectView.as_view(pattern_name="assessments:use-list"), name="home"),
    path("", include("accounts.urls")),
    path("", include("models_registry.urls")),
    path("", include("assessments.urls")),
    path("", include("reports.urls")),
    path("", include("library.urls")),
]
