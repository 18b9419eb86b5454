from django.urls import path

from accounts.views import (
    examples,
    invitations,
    joining,
    keeping,
    organisations,
    people,
    profile,
)

app_name = "accounts"
urlpatterns = [
    path("language", organisations.language_set, name="language-set"),
    path("session", keeping.session_state, name="session-state"),
    path("kept/<uuid:token>", keeping.kept_post, name="kept-post"),
    path("profile", profile.profile, name="profile"),
    path("organisation", organisations.organisation_profile, name="organisation-profile"),
    path("organisation/change", organisations.organisation_change, name="organisation-change"),
    path("organisation/choose", organisations.organisation_choose, name="organisation-choose"),
    path("organisation/example", examples.example, name="example"),
    path("organisation/example/reset", examples.example_reset, name="example-reset"),
    path("organisation/people", people.member_list, name="member-list"),
    path("organisation/people/<uuid:membership_id>", people.member_change, name="member-change"),
    path(
        "organisation/people/<uuid:membership_id>/remove",
        people.member_remove,
        name="member-remove",
    ),
    path("organisation/invitations/new", invitations.invitation_create, name="invitation-create"),
    path(
        "organisation/invitations/<uuid:invitation_id>/send-again",
        invitations.invitation_send_again,
        name="invitation-send-again",
    ),
    path(
        "organisation/invitations/<uuid:invitation_id>/withdraw",
        invitations.invitation_withdraw,
        name="invitation-withdraw",
    ),
    path("invitation/<str:token>", joining.invitation_accept, name="invitation-accept"),
]
