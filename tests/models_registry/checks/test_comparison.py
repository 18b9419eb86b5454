from dataclasses import replace

import pytest

from models_registry.checks.catalogue import load
from models_registry.checks.comparison import compare, replaced
from models_registry.checks.evidence import Need, evidence_of, owed_by, reachable
from models_registry.checks.examining import examine
from models_registry.checks.intake.hashing import hashed
from models_registry.checks.licences.clauses import Effect
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.checks.results import Result, Strength, Verdict
from models_registry.checks.sovereignty.deployment import of_examination, of_starter
from models_registry.checks.starter import starter
from tests.models_registry.checks.making import ON, material_of, mixture

CATALOGUE = load()
MODELS = starter(CATALOGUE).models
HERE = {"hosting": "eu_operator", "purpose": "commercial"}


def catalogued(name, **changes):
    return replace(of_starter(MODELS[name], CATALOGUE, HERE), **changes)


def compared(*names, **options):
    return compare({name: catalogued(name) for name in names}, **options)


@pytest.fixture(scope="module")
def examined():
    claims = {"licence": "mit", "access": "open_weights"}
    found = examine(hashed(material_of(mixture())), CATALOGUE, on=ON, claims=claims)
    return of_examination(found, HERE)


@pytest.mark.parametrize("names", [["gpt-5"], sorted(MODELS)[:7]])
def test_two_to_six_models_can_be_compared(names):
    with pytest.raises(ValueError, match="2 to 6"):
        compared(*names)


def test_what_is_not_known_stays_so_beside_what_is():
    comparison = compared("kimi-k2-thinking", "gpt-5")
    rows = {row.name: row for row in comparison.facts}
    kimi, gpt = rows["parameters_total"].cells
    assert (kimi.value, gpt) == (10**12, None)
    assert rows["parameters_total"].differs


def test_every_pair_of_twins_is_alike():
    one = catalogued("phi-4")
    comparison = compare({"a": one, "b": one}, differences_only=True)
    assert comparison.facts == comparison.evidence == ()
    changes = replaced(one, one)
    assert (changes.facts, changes.conditions, changes.evidence, changes.levels) == ((), (), (), ())
    assert changes.stops == changes.no_longer_stops == changes.opened == changes.settled == ()


def test_only_differences_are_left_where_asked_for():
    whole = compared("qwen3-8b", "qwen3-32b")
    short = compared("qwen3-8b", "qwen3-32b", differences_only=True)
    assert {row.name for row in short.facts} < {row.name for row in whole.facts}
    assert "input_modalities" not in {row.name for row in short.facts}
    assert all(row.differs for row in (*short.facts, *short.evidence))


def test_licences_stand_beside_each_other_with_their_effects():
    kimi, llama = compared("kimi-k2-thinking", "llama-4-scout").licences
    assert kimi.effects == (Effect.BRANDING_DISPLAY,)
    assert kimi.verdict is LicenceVerdict.CONTESTED
    assert Effect.GEOGRAPHIC_EXCLUSION in llama.effects


def test_evidence_is_told_by_obligation_with_its_strength(examined):
    held = evidence_of(examined)["Annex XII(1)(f)"]
    assert held.strength is Strength.VERIFIED
    assert {"W02", "W08"} <= set(held.held)
    assert held.need is Need.NOTHING
    owed = replace(examined, exemption=LicenceVerdict.MEETS)
    assert evidence_of(owed)["Art 53(1)(d)"].need is Need.ASK
    none = replace(examined, exemption=LicenceVerdict.NOT_APPLICABLE)
    assert evidence_of(none)["Art 53(1)(d)"].need is Need.NONE_OWED
    assert evidence_of(none)["Annex XII(1)(a)"].need is Need.PRODUCE


def test_closed_models_cannot_get_where_only_weights_lead():
    closed, open_weights = catalogued("gpt-5"), catalogued("phi-4")
    for entry in CATALOGUE.checks.values():
        assert reachable(entry, closed=True) <= reachable(entry, closed=False)
    by_weights = [entry for entry in CATALOGUE.checks.values() if entry.asymmetry == "C"]
    assert {reachable(entry, closed=True) for entry in by_weights} == {Strength.NONE}
    comparison = compare({"closed": closed, "open": open_weights})
    row = next(row for row in comparison.evidence if row.provision == "Annex XII(1)(f)")
    assert row.cells[0].reachable < row.cells[1].reachable


def test_an_exempt_provider_owes_less_so_the_integrator_produces_more():
    provision = "Annex XII(1)(a)"
    needs = {
        verdict: evidence_of(catalogued("phi-4", exemption=verdict))[provision].need
        for verdict in LicenceVerdict
    }
    assert needs[LicenceVerdict.MEETS] is Need.PRODUCE
    assert needs[LicenceVerdict.UNKNOWN] is Need.PRODUCE_OR_ASK
    assert needs[LicenceVerdict.FAILS] is Need.ASK
    owed = evidence_of(catalogued("phi-4", exemption=LicenceVerdict.MEETS))
    assert owed["Art 53(1)(c)"].need is Need.ASK
    alone = compare(
        {
            "exempt": catalogued("phi-4", exemption=LicenceVerdict.MEETS),
            "closed": catalogued("gpt-5", exemption=LicenceVerdict.FAILS),
        }
    )
    exempt = {one.provision for one in alone.alone("exempt")}
    closed = {one.provision for one in alone.alone("closed")}
    assert provision in exempt - closed
    assert {one.need for one in alone.gaps("closed")} >= {Need.ASK}


def test_a_failed_check_is_no_evidence():
    failed = Result("W02", Verdict.FAIL, "off", Strength.VERIFIED)
    held = evidence_of(catalogued("phi-4", results={"W02": failed}))["Annex XII(1)(f)"]
    assert (held.strength, held.failed) == (Strength.NONE, ("W02",))


def test_replacing_a_model_tells_what_changes():
    change = replaced(catalogued("kimi-k2-thinking"), catalogued("gpt-5"))
    assert Effect.BRANDING_DISPLAY in change.lost
    facts = {one.name: (one.before, one.after) for one in change.facts}
    assert facts["access"] == ("open_weights", "api_only")
    levels = {one.criterion: one for one in change.levels}
    assert levels["TRA-1"].better is False
    assert levels["REG-5"].better is True
    assert "ICL-2" not in change.opened
    conditions = {one.name for one in change.conditions}
    assert "users_from" in conditions


def test_a_gate_that_closes_is_said_first_of_all():
    change = replaced(catalogued("phi-4"), catalogued("llama-4-scout"))
    assert change.stops == ("G1",)
    assert replaced(catalogued("llama-4-scout"), catalogued("phi-4")).no_longer_stops == ("G1",)


def test_criteria_that_become_open_or_known_are_named():
    change = replaced(catalogued("phi-4"), catalogued("glm-5"))
    assert set(change.opened).isdisjoint(change.settled)
    back = replaced(catalogued("glm-5"), catalogued("phi-4"))
    assert (back.opened, back.settled) == (change.settled, change.opened)


def test_evidence_is_lost_with_the_files(examined):
    change = replaced(examined, catalogued("gpt-5"))
    stronger = {one.before.provision: one.stronger for one in change.evidence}
    assert stronger["Annex XII(1)(f)"] is False


def test_other_answers_are_another_system():
    with pytest.raises(ValueError, match="same answers"):
        replaced(catalogued("phi-4"), of_starter(MODELS["gpt-5"], CATALOGUE, {}))


def test_every_provision_has_somebody_who_owes_it():
    provisions = evidence_of(catalogued("phi-4"))
    assert {owed_by(one, catalogued("phi-4")) for one in provisions} >= {
        "integrator",
        "provider",
        "provider_unless_exempt",
        "authorities_unless_exempt",
        "standing",
    }
