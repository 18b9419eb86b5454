from django.urls import path

from assessments.views import register, results, uses

app_name = "assessments"
urlpatterns = [
    path("uses/", register.use_list, name="use-list"),
    path("uses/register", uses.use_register, name="use-register"),
    path("uses/examples/", uses.example_list, name="example-list"),
    path("uses/examples/<slug:name>/open", uses.example_open, name="example-open"),
    path("uses/<uuid:use_id>/edit", uses.use_edit, name="use-edit"),
    path("uses/<uuid:use_id>/discard", uses.example_discard, name="example-discard"),
    path("uses/<uuid:use_id>/", results.use_detail, name="use-detail"),
]
