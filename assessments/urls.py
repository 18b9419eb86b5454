from django.urls import path

from assessments.views import register, results

app_name = "assessments"
urlpatterns = [
    path("uses/", register.use_list, name="use-list"),
    path("uses/<uuid:use_id>/", results.use_detail, name="use-detail"),
]
