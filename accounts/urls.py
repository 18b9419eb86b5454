from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("organisation/choose", views.organisation_choose, name="organisation-choose"),
    path("language", views.language_set, name="language-set"),
]
