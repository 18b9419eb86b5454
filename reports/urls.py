from django.urls import path

from reports import comparison_views, dossier_views, views
from reports.run_files import MAKERS

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
    path("runs/<uuid:run_id>/dossier", dossier_views.dossier_request, name="dossier-request"),
    path(
        "dossiers/<uuid:document_id>/download",
        dossier_views.dossier_download,
        name="dossier-download",
    ),
    path("comparisons/", comparison_views.comparison_list, name="comparison-list"),
    path("models/compare/document", comparison_views.comparison_request, name="comparison-request"),
    path(
        "comparisons/<uuid:comparison_id>/",
        comparison_views.comparison_detail,
        name="comparison-detail",
    ),
    *(
        path(f"comparisons/<uuid:comparison_id>/{what}", view, name=f"comparison-{what}")
        for what, view in (
            ("download", comparison_views.comparison_download),
            ("retry", comparison_views.comparison_retry),
            ("cancel", comparison_views.comparison_cancel),
        )
    ),
    *(
        path(
            f"runs/<uuid:run_id>/{kind}",
            dossier_views.run_download,
            {"kind": kind},
            name=f"run-{kind}",
        )
        for kind in MAKERS
    ),
]
