"""What a person does with suggested answers: accepts or rejects each, never the machine."""

from collections.abc import Sequence
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.models import Answer, Assessment, Proposal, Support
from assessments.proposing import Offered, Origin, Proposals, proposals_for
from assessments.selectors import interview_of
from assessments.services.answering import FrozenError, StaleError
from assessments.services.saving import asked_of, save_answer
from assessments.suggested import discretions, origin_in_words
from events.services import record

_LONGEST = Answer._meta.get_field("note").max_length or 4000


@transaction.atomic
def accept_proposals(
    *, assessment: Assessment, tokens: Sequence[str], by: User, language: str
) -> list[Answer]:
    """Each chosen suggestion as this person's answer; all of them or, where one is stale, none.

    FrozenError; StaleError where an answer or what was suggested has changed since it was read.
    """
    assessment, found = _as_it_stands(assessment)
    chosen = [_chosen(found, token) for token in dict.fromkeys(tokens)]
    return [_accept(assessment, offered, by, language) for offered in chosen]


@transaction.atomic
def reject_proposal(*, assessment: Assessment, token: str, by: User) -> Proposal:
    """Not offered again until what is known of the models says something else."""
    assessment, found = _as_it_stands(assessment)
    offered = _chosen(found, token)
    kept = _decided(assessment, offered, Proposal.State.REJECTED, by)
    detail = {"question": offered.question_id, "value": offered.value}
    record(
        organisation=assessment.organisation,
        actor=by,
        kind="assessment.proposal_rejected",
        subject=assessment,
        detail={"revision": assessment.revision, **detail},
    )
    return kept


def _as_it_stands(assessment: Assessment) -> tuple[Assessment, Proposals]:
    rows = Assessment.objects.select_related("organisation", "use_case__system", "use_case__model")
    locked = rows.select_for_update(of=("self",)).get(pk=assessment.pk)
    if locked.is_frozen:
        raise FrozenError("This assessment can no longer be changed; start a new one.")
    return locked, proposals_for(locked, interview_of(locked))


def _chosen(found: Proposals, token: str) -> Offered:
    offered = found.by_token(token)
    if offered is None or not offered.waits:
        raise StaleError("This suggestion has changed since it was read; look at it again.")
    return offered


def _accept(assessment: Assessment, offered: Offered, by: User, language: str) -> Answer:
    former = offered.answer
    answer = save_answer(
        assessment=assessment,
        question_id=offered.question_id,
        version=offered.version,
        value=offered.value,
        note=_note(former.note if former else "", offered, language),
        asked=asked_of(former) if former else None,
        by=by,
        source=Answer.Source.EVIDENCE,
    )
    _support(answer, offered, by)
    _decided(assessment, offered, Proposal.State.ACCEPTED, by)
    return answer


def _note(former: str, offered: Offered, language: str) -> str:
    """What was noted before stays; where the answer comes from stands under it."""
    # Whoever reads the answer reads its note, so it names what anybody here may open.
    discreet = discretions(None, [origin.known for origin in offered.origins])
    lines = (origin_in_words(origin, language, discreet) for origin in offered.origins)
    origins = "\n".join(f"- {line}" for line in dict.fromkeys(lines))
    told = _("Accepted from what is known of the model:")
    note = f"{former}\n\n{told}\n{origins}".strip()
    return note if len(note) <= _LONGEST else former or note[: _LONGEST - 1] + "…"


def _support(answer: Answer, offered: Offered, by: User) -> None:
    Support.objects.filter(answer=answer, run__isnull=False).delete()
    Support.objects.bulk_create(
        Support(
            organisation_id=answer.organisation_id,
            answer=answer,
            run=origin.known.run,
            check_id=origin.said.check,
            added_by=by,
        )
        for origin in _by_checks(offered)
    )


def _by_checks(offered: Offered) -> list[Origin]:
    """One origin for each check of each run."""

    def key(origin: Origin) -> tuple[str, str]:
        return str(origin.known.model.pk), origin.said.check

    found = [one for one in offered.origins if one.known.run and one.said.check]
    return [next(group) for _key, group in groupby(sorted(found, key=key), key)]


def _decided(assessment: Assessment, offered: Offered, state: str, by: User) -> Proposal:
    first = offered.origins[0]
    weakest = min(offered.origins, key=lambda origin: origin.said.strength)
    decided = Proposal(
        organisation_id=assessment.organisation_id,
        assessment=assessment,
        question_id=offered.question_id,
        value=offered.value,
        state=state,
        run=weakest.known.run or first.known.run,
        fact=weakest.name,
        strength=offered.strength.name.lower(),
        decided_by=by,
    )
    decided.clean_fields(exclude=["organisation", "assessment", "run", "decided_by"])
    decided.save(force_insert=True)
    return decided
