"""The checks of group W, in the order in which they build on each other."""

from collections.abc import Callable
from dataclasses import replace

from models_registry.checks.context import Context
from models_registry.checks.results import Fact, Result, Strength, Verdict
from models_registry.checks.weights.architecture import w08_architecture, w09_config_fits_weights
from models_registry.checks.weights.checkpoints import w14_checkpoints
from models_registry.checks.weights.code import w07_custom_code
from models_registry.checks.weights.context_length import w10_context_length
from models_registry.checks.weights.fingerprints import w04_fingerprint
from models_registry.checks.weights.inventory import inventory
from models_registry.checks.weights.lineage import w13_quantisation
from models_registry.checks.weights.present import w01_weights_present
from models_registry.checks.weights.serialisation import w06_serialisation
from models_registry.checks.weights.signature import w05_signature
from models_registry.checks.weights.sizes import w02_parameters, w03_size_bin
from models_registry.checks.weights.tokenizers import w11_tokenizer, w12_chat_template

Check = Callable[[Context], Result]


def _needing_weights(check: Check) -> Check:
    """Without any weights nothing about them can be checked, and no fact is more than documented.

    That is said of closed models and of open ones alike whose weights nobody supplied.
    """

    def checked(context: Context) -> Result:
        result = check(context)
        if context.once(inventory).supplied:
            return result
        facts = tuple(_capped(fact) for fact in result.facts)
        return Result(
            result.check,
            Verdict.NOT_CHECKABLE,
            "no_weights",
            min(result.strength, Strength.DOCUMENTED) if facts else Strength.NONE,
            proofs=result.proofs if facts else (),
            facts=facts,
        )

    checked.__name__ = check.__name__
    return checked


def _capped(fact: Fact) -> Fact:
    return replace(fact, strength=min(fact.strength, Strength.DOCUMENTED))


CHECKS: tuple[tuple[str, Check], ...] = (
    ("W01", _needing_weights(w01_weights_present)),
    ("W02", _needing_weights(w02_parameters)),
    ("W03", _needing_weights(w03_size_bin)),
    ("W04", _needing_weights(w04_fingerprint)),
    ("W05", _needing_weights(w05_signature)),
    ("W06", _needing_weights(w06_serialisation)),
    ("W07", _needing_weights(w07_custom_code)),
    ("W08", _needing_weights(w08_architecture)),
    ("W09", _needing_weights(w09_config_fits_weights)),
    ("W10", _needing_weights(w10_context_length)),
    ("W11", _needing_weights(w11_tokenizer)),
    ("W12", _needing_weights(w12_chat_template)),
    ("W13", _needing_weights(w13_quantisation)),
    ("W14", _needing_weights(w14_checkpoints)),
)
