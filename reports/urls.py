from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("reports/", views.report_list, name="report-list"),
    path("reports/<uuid:report_id>/", views.report_detail, name="report-detail"),
    path("reports/<uuid:report_id>/download", views.report_download, name="report-download"),
    path("reports/<uuid:report_id>/retry", views.report_retry, name="report-retry"),
    path("reports/<uuid:report_id>/cancel", views.report_cancel, name="report-cancel"),
    path(
        "assessments/<uuid:assessment_id>/reports/request",
        views.report_request,
        name="report-request",
    ),
]
