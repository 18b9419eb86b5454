from django.urls import path

from models_registry.views import comparison, models, suppliers, systems

app_name = "models_registry"
urlpatterns = [
    path("models/", models.model_list, name="model-list"),
    path("models/compare", comparison.comparison, name="comparison"),
    path("models/register", models.model_register, name="model-register"),
    path("models/<uuid:model_id>/", models.model_detail, name="model-detail"),
    path("models/<uuid:model_id>/edit", models.model_edit, name="model-edit"),
    path("models/<uuid:model_id>/retire", models.model_retire, name="model-retire"),
    path("models/<uuid:model_id>/restore", models.model_restore, name="model-restore"),
    path("systems/", systems.system_list, name="system-list"),
    path("systems/register", systems.system_register, name="system-register"),
    path("systems/<uuid:system_id>/", systems.system_detail, name="system-detail"),
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
]
