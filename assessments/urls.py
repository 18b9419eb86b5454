from django.urls import path

from assessments import views

app_name = "assessments"
urlpatterns = [
    path("uses/", views.use_list, name="use-list"),
    path("uses/<uuid:use_id>/", views.use_detail, name="use-detail"),
]
