import factory

from models_registry.models import AIModel, AISystem, Supplier, UseCase
from tests.accounts.factories import OrganisationFactory


class SupplierFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Supplier

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence("Supplier {}".format)


class AIModelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AIModel

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence("Model {}".format)
    access = AIModel.Access.API_ONLY


class AISystemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AISystem

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence("System {}".format)


class UseCaseFactory(factory.django.DjangoModelFactory):
    """A use of a system; for one of a model say `system=None, model=...`."""

    class Meta:
        model = UseCase

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence("Use {}".format)
    purpose = "Sorts letters by department."
    system = factory.SubFactory(
        AISystemFactory, organisation=factory.SelfAttribute("..organisation")
    )
