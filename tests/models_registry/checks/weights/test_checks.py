"""Each check of group W on models of a few kilobytes."""

import json
from pathlib import Path

import pytest

from models_registry.checks.intake.hashing import merkle_root
from models_registry.checks.results import Strength, Verdict
from models_registry.checks.running import running
from models_registry.checks.weights import CHECKS
from models_registry.checks.weights.sizes import size_bin
from tests.models_registry.checks.making import (
    MIXTURE_ACTIVE,
    MIXTURE_CONFIG,
    MIXTURE_TOTAL,
    context,
    gguf,
    index,
    mixture,
    mixture_tensors,
    safetensors,
    with_header,
)

SIGNED = Path(__file__).parent / "signed"


def results(files, **claims):
    made = files if hasattr(files, "material") else context(files, **claims)
    return {result.check: result for result in running(made, (CHECKS,))}


def told(files, check, **claims):
    result = results(files, **claims)[check]
    return result.verdict, result.reason


def fact(files, check, name, **claims):
    (found,) = [each for each in results(files, **claims)[check].facts if each.name == name]
    return found


def config(**changes):
    return mixture(**{"config.json": {**MIXTURE_CONFIG, **changes}})


def test_every_result_has_its_words():
    made = context(mixture())
    for result in running(made, (CHECKS,)):
        for language in ("en", "de"):
            assert "{" not in made.catalogue.reason(result, language)


# Without weights


@pytest.mark.parametrize("check", [name for name, _ in CHECKS])
def test_without_weights_nothing_about_them_can_be_checked(check):
    result = results({"config.json": MIXTURE_CONFIG, "README.md": "# A model"})[check]
    assert (result.verdict, result.reason) == (Verdict.NOT_CHECKABLE, "no_weights")
    assert all(each.strength <= Strength.DOCUMENTED for each in result.facts)


def test_without_weights_a_configuration_documents_the_size():
    found = fact({"config.json": MIXTURE_CONFIG}, "W02", "parameters_active")
    assert (found.value, found.strength) == (MIXTURE_ACTIVE, Strength.DOCUMENTED)


# W01


def sharded():
    tensors = mixture_tensors()
    first, second = dict(list(tensors.items())[:10]), dict(list(tensors.items())[10:])
    return {
        "config.json": MIXTURE_CONFIG,
        "1.safetensors": safetensors(first),
        "2.safetensors": safetensors(second),
        "model.safetensors.index.json": index(**{"1.safetensors": first, "2.safetensors": second}),
    }


def test_one_file_or_all_shards_are_complete():
    assert told(mixture(), "W01") == (Verdict.PASS, "complete")
    assert told(sharded(), "W01") == (Verdict.PASS, "complete")


def test_a_missing_shard_is_named():
    files = sharded()
    del files["2.safetensors"]
    result = results(files)["W01"]
    assert (result.reason, result.values["missing"]) == ("part", ("2.safetensors",))


def test_an_index_alone_is_told():
    files = {"model.safetensors.index.json": sharded()["model.safetensors.index.json"]}
    assert told(files, "W01") == (Verdict.PARTIAL, "only_index")


def test_a_shard_with_other_tensors_than_indexed_is_told():
    files = sharded()
    files["2.safetensors"] = safetensors({"other": ("BF16", [4])})
    assert told(files, "W01") == (Verdict.FAIL, "index_untrue")


@pytest.mark.parametrize(
    "content", [with_header(b'{"a":1}'), b"\x10" + bytes(7) + b'{"' + bytes(20)]
)
def test_a_broken_header_is_told_and_stops_nothing(content):
    files = mixture(**{"model.safetensors": content})
    found = results(files)
    assert (found["W01"].reason, found["W01"].values["broken"]) == (
        "broken",
        ("model.safetensors",),
    )
    assert not [each for each in found.values() if each.verdict is Verdict.ERROR]


def test_a_broken_index_is_told():
    assert told(mixture(**{"model.safetensors.index.json": "[]"}), "W01") == (
        Verdict.FAIL,
        "broken",
    )


def test_an_adapter_is_not_taken_for_the_model():
    files = {"adapter_model.safetensors": safetensors({"lora_A.weight": ("F32", [2, 4])})}
    assert told(files, "W01") == (Verdict.PARTIAL, "only_adapter")
    assert told(files, "W02") == (Verdict.NOT_CHECKABLE, "only_adapter")


def test_the_same_weights_kept_twice_count_once():
    copy = safetensors(mixture_tensors("F32"))
    files = mixture(**{"consolidated.safetensors": copy, "original/model.safetensors": copy})
    assert fact(files, "W02", "parameters_total").value == MIXTURE_TOTAL


# W02 and W03


def test_all_and_active_parameters_are_counted():
    assert fact(mixture(), "W02", "parameters_total").value == MIXTURE_TOTAL
    active = fact(mixture(), "W02", "parameters_active")
    assert (active.value, active.strength) == (MIXTURE_ACTIVE, Strength.VERIFIED)


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (8000, (Verdict.PASS, "agrees")),
        (8500, (Verdict.PARTIAL, "near")),
        (12000, (Verdict.FAIL, "off")),
        (None, (Verdict.PASS, "counted")),
    ],
)
def test_the_count_is_held_against_the_register(claim, expected):
    assert told(mixture(), "W02", parameters_total=claim) == expected


def test_a_claim_of_active_parameters_is_held_too():
    assert told(mixture(), "W02", parameters_active=3000) == (Verdict.FAIL, "off")


def test_layers_that_only_predict_are_told_apart():
    tensors = mixture_tensors() | {"model.layers.2.mlp.down_proj.weight": ("BF16", [10, 10])}
    files = mixture(**{"model.safetensors": safetensors(tensors)})
    assert fact(files, "W02", "parameters_prediction").value == 100
    assert fact(files, "W02", "parameters_active").value == MIXTURE_ACTIVE
    assert told(files, "W02", parameters_total=MIXTURE_TOTAL) == (Verdict.PASS, "agrees")


def test_experts_in_one_tensor_are_counted_by_its_first_dimension():
    tensors = {name: row for name, row in mixture_tensors().items() if ".experts." not in name}
    for layer in range(2):
        base = f"model.layers.{layer}.mlp.experts"
        tensors[f"{base}.gate_up_proj"] = ("BF16", [4, 16, 16])
        tensors[f"{base}.down_proj"] = ("BF16", [4, 8, 16])
    files = mixture(**{"model.safetensors": safetensors(tensors)})
    assert fact(files, "W02", "parameters_active").value == MIXTURE_ACTIVE


def test_packed_numbers_count_as_the_parameters_they_hold():
    tensors = {}
    for name, (dtype, shape) in mixture_tensors().items():
        if ".experts." not in name:
            tensors[name] = (dtype, shape)
            continue
        base = name.removesuffix(".weight")
        tensors[f"{base}.weight_packed"] = ("I32", [shape[0], shape[1] // 8])
        tensors[f"{base}.weight_scale"] = ("BF16", [shape[0], 1])
        tensors[f"{base}.weight_shape"] = ("I32", [2])
    scheme = {
        "quant_method": "compressed-tensors",
        "config_groups": {"g": {"weights": {"num_bits": 4}}},
    }
    files = config(quantization_config=scheme) | {"model.safetensors": safetensors(tensors)}
    assert fact(files, "W02", "parameters_total").value == MIXTURE_TOTAL
    assert fact(files, "W02", "parameters_active").value == MIXTURE_ACTIVE
    plain = fact(mixture(), "W04", "architecture_fingerprint").value
    assert fact(files, "W04", "architecture_fingerprint").value == plain
    assert told(files, "W09")[0] is Verdict.PASS


def test_half_bytes_under_a_plain_name_count_twice():
    tensors = {"model.layers.0.mlp.down_proj.weight": ("U8", [10, 4])}
    files = {
        "config.json": {
            "quantization_config": {"quant_method": "bitsandbytes", "load_in_4bit": True}
        },
        "model.safetensors": safetensors(tensors),
    }
    assert fact(files, "W02", "parameters_total").value == 80


def test_from_index_and_configuration_the_size_is_estimated():
    weight_map = {
        "metadata": {"total_size": 2 * MIXTURE_TOTAL},
        "weight_map": {"a": "1.safetensors"},
    }
    files = {
        "config.json": {**MIXTURE_CONFIG, "torch_dtype": "bfloat16"},
        "model.safetensors.index.json": weight_map,
    }
    result = results(files)["W02"]
    assert (result.verdict, result.reason) == (Verdict.PARTIAL, "estimated")
    assert (result.values["counted"], result.values["active"]) == (MIXTURE_TOTAL, MIXTURE_ACTIVE)
    assert result.strength is Strength.DOCUMENTED


@pytest.mark.parametrize(
    ("parameters", "label"),
    [
        (499_999_999, "1–500M"),
        (500_000_000, "500M–5B"),
        (15e9, "15–50B"),
        (1e12, ">1T"),
        (9.9e11, "500B–1T"),
    ],
)
def test_size_bins_begin_where_the_former_end(parameters, label):
    assert size_bin(context({}), parameters) == label


def test_memory_at_usual_widths():
    assert fact(mixture(), "W02", "memory_16_bit").value == 2 * MIXTURE_TOTAL
    # Two layers, two heads of keys and of values, four numbers each, two bytes a number.
    assert fact(mixture(), "W02", "memory_per_token").value == 2 * 2 * 2 * 4 * 2


# W04 and W05


def hashes(files):
    entries = context(files).material.entries()
    return {each.path: each.sha256 for each in entries if each.path.endswith(".safetensors")}


def test_a_fingerprint_without_reference_is_told():
    assert told(mixture(), "W04") == (Verdict.PARTIAL, "no_reference")
    found = fact(mixture(), "W04", "weights_fingerprint")
    assert found.value == merkle_root(hashes(mixture()).items())


def test_the_register_is_compared():
    root = merkle_root(hashes(mixture()).items())
    assert told(mixture(), "W04", weights_fingerprint=root)[1] == "agrees_with_register"
    other = (Verdict.FAIL, "differs_from_register")
    assert told(mixture(), "W04", weights_fingerprint="ab" * 32) == other


def test_a_list_of_checksums_is_compared():
    line = f"{hashes(mixture())['model.safetensors']}  ./model.safetensors\n"
    assert told(mixture(SHA256SUMS=line), "W04")[1] == "agrees_with_list"
    lie = mixture(SHA256SUMS="ab" * 32 + "  model.safetensors\n")
    assert told(lie, "W04") == (Verdict.FAIL, "differs_from_list")


def test_unhashed_weights_have_no_fingerprint():
    assert told(context(mixture(), hashing=False), "W04") == (Verdict.NOT_CHECKABLE, "not_hashed")


def test_a_fine_tune_has_the_architecture_of_its_base():
    def architecture(files):
        return fact(files, "W04", "architecture_fingerprint").value

    wide = mixture(**{"model.safetensors": safetensors(mixture_tensors("F32"))})
    other = mixture_tensors() | {"model.norm.weight": ("BF16", [16])}
    assert architecture(wide) == architecture(mixture())
    assert architecture(mixture(**{"model.safetensors": safetensors(other)})) != architecture(
        mixture()
    )


def signed():
    return {
        "config.json": "{}",
        "model.safetensors": safetensors({"a.weight": ("F32", [2])}),
        "model.sig": (SIGNED / "model.sig").read_bytes(),
    }


KEY = (SIGNED / "key.pem").read_text()


def test_a_signature_is_valid_under_the_key_in_the_register():
    result = results(signed(), signature_key=KEY)["W05"]
    assert (result.verdict, result.reason) == (Verdict.PASS, "valid")
    assert result.strength is Strength.INDEPENDENT


def test_without_a_key_the_signer_is_unknown():
    assert told(signed(), "W05") == (Verdict.PARTIAL, "signer_unknown")


def test_other_files_than_the_signed_are_told():
    files = signed() | {"config.json": '{"a": 1}'}
    assert told(files, "W05", signature_key=KEY) == (Verdict.FAIL, "other_files")


def test_a_signature_over_something_else_is_invalid():
    bundle = json.loads(signed()["model.sig"])
    bundle["dsseEnvelope"]["signatures"][0]["sig"] = "MEUCIQ=="
    files = signed() | {"model.sig": bundle}
    assert told(files, "W05", signature_key=KEY) == (Verdict.FAIL, "invalid")


def test_signed_files_must_be_hashed_first():
    made = context(signed(), hashing=False, signature_key=KEY)
    assert told(made, "W05") == (Verdict.NOT_CHECKABLE, "not_hashed")


def test_unsigned_and_unreadable_signatures_are_told():
    assert told(mixture(), "W05") == (Verdict.PARTIAL, "unsigned")
    assert told(mixture(**{"model.sig": "{}"}), "W05") == (Verdict.NOT_CHECKABLE, "unknown_form")


# GGUF


def small_gguf(**more):
    values = {
        "general.architecture": "llama",
        "llama.block_count": 1,
        "llama.embedding_length": 32,
        "llama.feed_forward_length": 64,
        "llama.attention.head_count": 4,
        "llama.context_length": 2048,
        "llama.expert_count": 4,
        "llama.expert_used_count": 1,
        "tokenizer.ggml.tokens": [str(n) for n in range(10)],
        "tokenizer.chat_template": "{{ tools }}",
    }
    tensors = {
        "token_embd.weight": ("Q8_0", [32, 10]),
        "blk.0.ffn_up_exps.weight": ("Q8_0", [32, 64, 4]),
    }
    return {"model.gguf": gguf(values | more, tensors)}


def test_a_gguf_file_tells_everything_by_itself():
    found = results(small_gguf())
    assert found["W01"].reason == "complete"
    assert found["W02"].values["counted"] == 320 + 8192
    assert found["W02"].values["active"] == 320 + 2048
    assert found["W08"].reason == "full"
    assert found["W09"].reason == "one_source"
    assert found["W10"].values["stated"] == 2048
    assert found["W11"].reason == "fits"
    assert found["W12"].reason == "with_tools"
    assert found["W13"].reason == "undeclared"


def test_a_gguf_file_that_names_its_source_is_declared():
    files = small_gguf(**{"general.base_model.0.name": "Base"})
    assert told(files, "W13") == (Verdict.PASS, "declared")


@pytest.mark.parametrize("check", ["W06", "W07"])
def test_without_weights_and_configuration_nothing_is_said_of_them(check):
    found = results({"README.md": "# A model behind an interface"}, access="api_only")[check]
    assert (found.verdict, found.strength, found.facts) == (
        Verdict.NOT_CHECKABLE,
        Strength.NONE,
        (),
    )


def test_a_configuration_alone_tells_whether_code_is_needed():
    files = {"config.json": {**MIXTURE_CONFIG, "auto_map": {"AutoModel": "modeling_x.X"}}}
    assert fact(files, "W07", "needs_own_code").value is True
