from django.urls import path

from models_registry.views import (
    catalogue,
    claim,
    comparison,
    evidence,
    licence,
    material,
    models,
    replacing,
    runs,
    sovereignty,
    suppliers,
    systems,
)

app_name = "models_registry"
urlpatterns = [
    path("models/", models.model_list, name="model-list"),
    path("models/compare", comparison.comparison, name="comparison"),
    path("models/catalogue/", catalogue.starter_list, name="starter-list"),
    path("models/catalogue/<str:entry_id>/", catalogue.starter_model, name="starter-model"),
    path("models/catalogue/<str:entry_id>/copy", catalogue.starter_copy, name="starter-copy"),
    path("models/open-and-closed/", claim.open_and_closed, name="open-and-closed"),
    path("models/minimum-levels", sovereignty.minimum_levels, name="minimum-levels"),
    path("models/compare/sheet", comparison.sheet, name="comparison-sheet"),
    path("models/register", models.model_register, name="model-register"),
    path("models/<uuid:model_id>/", models.model_detail, name="model-detail"),
    path("models/<uuid:model_id>/material", material.model_material, name="model-material"),
    path("models/<uuid:model_id>/edit", models.model_edit, name="model-edit"),
    path("models/<uuid:model_id>/licence", licence.licence_detail, name="licence-detail"),
    path(
        "models/<uuid:model_id>/licence/withdraw",
        licence.licence_withdraw,
        name="licence-withdraw",
    ),
    path("models/<uuid:model_id>/checks", runs.run_list, name="run-list"),
    path("models/<uuid:model_id>/checks/request", runs.run_request, name="run-request"),
    path("runs/<uuid:run_id>/", runs.run_detail, name="run-detail"),
    path("runs/<uuid:run_id>/retry", runs.run_retry, name="run-retry"),
    path("runs/<uuid:run_id>/cancel", runs.run_cancel, name="run-cancel"),
    path("models/<uuid:model_id>/retire", models.model_retire, name="model-retire"),
    path("models/<uuid:model_id>/restore", models.model_restore, name="model-restore"),
    path(
        "models/<uuid:model_id>/sovereignty",
        sovereignty.model_sovereignty,
        name="model-sovereignty",
    ),
    path(
        "models/<uuid:model_id>/deployments/register",
        sovereignty.deployment_register,
        name="deployment-register",
    ),
    path(
        "deployments/<uuid:deployment_id>/",
        sovereignty.deployment_detail,
        name="deployment-detail",
    ),
    path(
        "deployments/<uuid:deployment_id>/edit",
        sovereignty.deployment_edit,
        name="deployment-edit",
    ),
    path(
        "deployments/<uuid:deployment_id>/remove",
        sovereignty.deployment_remove,
        name="deployment-remove",
    ),
    path("models/<uuid:model_id>/replace", replacing.model_replace, name="model-replace"),
    path("systems/<uuid:system_id>/replace", replacing.system_replace, name="system-replace"),
    path("systems/", systems.system_list, name="system-list"),
    path("systems/register", systems.system_register, name="system-register"),
    path("systems/<uuid:system_id>/", systems.system_detail, name="system-detail"),
    path("systems/<uuid:system_id>/material", material.system_material, name="system-material"),
    path("systems/<uuid:system_id>/edit", systems.system_edit, name="system-edit"),
    path("systems/<uuid:system_id>/renew", systems.system_renew, name="system-renew"),
    path("systems/<uuid:system_id>/retire", systems.system_retire, name="system-retire"),
    path("systems/<uuid:system_id>/restore", systems.system_restore, name="system-restore"),
    path("suppliers/", suppliers.supplier_list, name="supplier-list"),
    path("suppliers/register", suppliers.supplier_register, name="supplier-register"),
    path("suppliers/<uuid:supplier_id>/", suppliers.supplier_detail, name="supplier-detail"),
    path("suppliers/<uuid:supplier_id>/edit", suppliers.supplier_edit, name="supplier-edit"),
    path("suppliers/<uuid:supplier_id>/retire", suppliers.supplier_retire, name="supplier-retire"),
    path(
        "suppliers/<uuid:supplier_id>/restore", suppliers.supplier_restore, name="supplier-restore"
    ),
    path("evidence/", evidence.evidence_list, name="evidence-list"),
    path("evidence/add", evidence.evidence_add, name="evidence-add"),
    path("evidence/<uuid:evidence_id>/", evidence.evidence_detail, name="evidence-detail"),
    path("evidence/<uuid:evidence_id>/edit", evidence.evidence_edit, name="evidence-edit"),
    path("evidence/<uuid:evidence_id>/confirm", evidence.evidence_confirm, name="evidence-confirm"),
    path(
        "evidence/<uuid:evidence_id>/withdraw", evidence.evidence_withdraw, name="evidence-withdraw"
    ),
    path("evidence/<uuid:evidence_id>/archive", evidence.evidence_archive, name="evidence-archive"),
    path("evidence/<uuid:evidence_id>/restore", evidence.evidence_restore, name="evidence-restore"),
    path("evidence/<uuid:evidence_id>/attach", evidence.evidence_attach, name="evidence-attach"),
    path(
        "evidence/<uuid:evidence_id>/download", evidence.evidence_download, name="evidence-download"
    ),
    path(
        "evidence/attachments/<uuid:attachment_id>/detach",
        evidence.evidence_detach,
        name="evidence-detach",
    ),
]
