import pytest
from django.core.exceptions import ValidationError

from accounts.belongings import belongings_of
from accounts.models import Role
from accounts.services import remove_member
from tests.assessments.reviews import a_colleague, a_draft, decided, in_review, state_of


def test_open_work_goes_to_the_heir_and_history_stays(ana, ben):
    leaver, heir = a_colleague(ana), a_colleague(ana)
    draft, waiting, signed = a_draft(leaver), in_review(leaver), decided(leaver, ben)
    assert belongings_of(leaver) == ["2 open assessments"]
    with pytest.raises(ValidationError, match="takes over"):
        remove_member(membership=leaver, by=ana.user)
    remove_member(membership=leaver, by=ana.user, heir=heir)
    for assessment in (draft, waiting):
        assessment.refresh_from_db()
        assert assessment.responsible == heir.user
    signed.refresh_from_db()
    assert signed.responsible == leaver.user
    assert signed.answers.first().answered_by == leaver.user


def test_who_takes_over_answers_nothing_by_that_and_may_still_approve(ana, ben):
    leaver = a_colleague(ana)
    heir = a_colleague(ana, Role.APPROVER)
    waiting = in_review(leaver)
    remove_member(membership=leaver, by=ana.user, heir=heir)
    assert not waiting.authors.filter(person=heir.user).exists()
    assert state_of(waiting) == "in_review"
