import factory
from allauth.account.models import EmailAddress

from accounts.models import Membership, Organisation, Role, User

PASSWORD = "correct horse battery staple"


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence("Organisation {}".format)
    slug = factory.Sequence("organisation-{}".format)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence("Person {}".format)
    email = factory.Sequence("person{}@example.org".format)

    @classmethod
    def _create(cls, model_class, *args, password=PASSWORD, **kwargs):
        user = model_class(*args, **kwargs)
        user.set_password(password)
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        return user


class MembershipFactory(factory.django.DjangoModelFactory):
    """Say the roles as a list: MembershipFactory(roles=["officer", "approver"])."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)

    @classmethod
    def _create(cls, model_class, *args, roles=(Role.OFFICER,), **kwargs):
        return super()._create(model_class, *args, **Membership.flags(roles), **kwargs)
