"""Checks of what lies beside the weights: code, pickles, tokenizer, template, checkpoints."""

import io
import json
import os
import pickle
import time

import pytest

from models_registry.checks.intake.archive import ArchiveMaterial
from models_registry.checks.intake.folder import FolderMaterial
from models_registry.checks.results import Verdict
from tests.models_registry.checks.making import (
    MIXTURE_CONFIG,
    as_bytes,
    context,
    mixture,
    mixture_tensors,
    safetensors,
    zipped,
)
from tests.models_registry.checks.weights.test_checks import config, fact, results, told


class Evil:
    def __reduce__(self):
        return os.system, ("echo",)


def torch_archive(value):
    return zipped([("archive/data.pkl", pickle.dumps(value)), ("archive/version", b"3")], 0)


# W06


@pytest.mark.parametrize("make", [pickle.dumps, torch_archive])
def test_pickles_are_looked_into_without_loading(make):
    clean, evil = mixture(**{"a.bin": make({"a": 1})}), mixture(**{"a.bin": make([Evil()])})
    assert told(clean, "W06") == (Verdict.PARTIAL, "pickle_clean")
    result = results(evil)["W06"]
    assert (result.verdict, result.reason) == (Verdict.FAIL, "dangerous")
    assert result.values["names"] in {("posix.system",), ("nt.system",)}


def test_plain_numbers_are_safe():
    assert told(mixture(), "W06") == (Verdict.PASS, "safe")


def test_a_pickle_under_the_name_of_safe_weights_is_found():
    files = mixture(**{"model.safetensors": pickle.dumps(Evil())})
    assert told(files, "W06") == (Verdict.FAIL, "dangerous")


def test_a_pickle_that_cannot_be_followed_is_not_clean():
    files = mixture(**{"a.bin": pickle.dumps({"a": 1})[:-1]})
    assert told(files, "W06") == (Verdict.FAIL, "not_followed")


def test_an_archive_that_hides_its_pickle_is_not_clean():
    twice = torch_archive(1) + torch_archive(Evil())
    assert told(mixture(**{"a.bin": twice}), "W06") == (Verdict.FAIL, "not_followed")


def test_a_pickle_within_an_archive_within_an_archive_is_found():
    outer = zipped([("m/training_args.bin", torch_archive(Evil())), ("m/a.txt", "a")])
    made = context(ArchiveMaterial(io.BytesIO(outer)))
    assert told(made, "W06") == (Verdict.FAIL, "dangerous")


def test_what_cannot_be_looked_into_is_told():
    files = mixture(**{"model.h5": b"\x89HDF\r\n\x1a\n" + bytes(50)})
    assert told(files, "W06") == (Verdict.PARTIAL, "not_looked_into")


def test_a_large_archive_in_a_folder_is_looked_into(tmp_path):
    for name, content in mixture(**{"big.pt": torch_archive([bytes(40 << 20), Evil()])}).items():
        (tmp_path / name).write_bytes(as_bytes(content))
    made = context(FolderMaterial(tmp_path), hashing=False)
    assert told(made, "W06")[0] is Verdict.FAIL


# W07


def test_code_that_loading_needs_is_told():
    files = config(auto_map={"AutoModel": "modeling_own.Own", "AutoTokenizer": [None, "tok.T"]})
    assert told(files, "W07") == (Verdict.FAIL, "absent")
    files |= {"modeling_own.py": "x = 1\n", "tok.py": ""}
    assert told(files, "W07") == (Verdict.PARTIAL, "needed")


def test_code_from_elsewhere_is_unpinned():
    files = config(auto_map={"AutoModel": "owner/name--modeling.Own"})
    assert told(files, "W07") == (Verdict.FAIL, "elsewhere")


def test_code_that_nothing_asks_for_is_named():
    assert told(mixture(), "W07") == (Verdict.PASS, "none")
    assert told(mixture(**{"modeling_own.py": ""}), "W07") == (Verdict.PASS, "beside")


# W08 and W09


def test_an_architecture_is_full_or_only_named():
    assert told(mixture(), "W08") == (Verdict.PASS, "full")
    assert told(mixture(**{"config.json": {"model_type": "x"}}), "W08")[1] == "only_name"
    assert told(mixture(**{"config.json": {}}), "W08") == (Verdict.FAIL, "none")
    assert told(mixture(**{"config.json": "{"}), "W08") == (Verdict.ERROR, "broken")
    weights = {"model.safetensors": mixture()["model.safetensors"]}
    assert told(weights, "W08") == (Verdict.FAIL, "none")


def test_a_fitting_configuration_fits():
    assert told(mixture(), "W09") == (Verdict.PASS, "fit")


@pytest.mark.parametrize(
    "changes",
    [{"num_hidden_layers": 3}, {"hidden_size": 32}, {"vocab_size": 200}, {"num_experts": 8}],
)
def test_a_contradiction_is_told(changes):
    assert told(config(**changes), "W09") == (Verdict.FAIL, "contradict")


def test_padded_rows_are_minor():
    assert told(config(vocab_size=98), "W09") == (Verdict.PARTIAL, "minor")


@pytest.mark.parametrize(
    "broken",
    [
        {"num_hidden_layers": True},
        {"num_hidden_layers": 1 << 60},
        {"num_hidden_layers": "many"},
        {"num_experts": [4]},
        {"rope_scaling": []},
        {"quantization_config": [1]},
        {"architectures": {"a": 1}},
        {"text_config": 7},
        {"hidden_size": 0},
        {"auto_map": 3},
    ],
)
def test_an_odd_configuration_breaks_no_check(broken):
    assert not [r for r in results(config(**broken)).values() if r.verdict is Verdict.ERROR]


# W10


@pytest.mark.parametrize(
    ("changes", "claim", "expected"),
    [
        ({}, 4096, (Verdict.PASS, "agrees")),
        ({}, 4000, (Verdict.PASS, "agrees")),
        ({}, None, (Verdict.PASS, "found")),
        ({}, 8192, (Verdict.FAIL, "off")),
        ({}, 2048, (Verdict.PARTIAL, "claims_less")),
        ({"rope_scaling": {"factor": 4.0}}, 16384, (Verdict.PARTIAL, "stretched")),
        ({"max_position_embeddings": None}, 4096, (Verdict.NOT_CHECKABLE, "not_stated")),
    ],
)
def test_the_context_is_held_against_the_register(changes, claim, expected):
    assert told(config(**changes), "W10", context_length_tokens=claim) == expected


# W11 and W12


def tokenizer(words):
    vocabulary = {f'w"{n}\\': n for n in range(words)}
    model = {"type": "BPE", "vocab": vocabulary, "merges": [['"vocab": {', "9999: 9999"]]}
    return json.dumps({"added_tokens": [{"id": words + 1, "content": "vocab"}], "model": model})


def test_a_tokenizer_fits_the_network():
    assert told(mixture(**{"tokenizer.json": tokenizer(97)}), "W11") == (Verdict.PASS, "fits")
    assert fact(mixture(**{"tokenizer.json": tokenizer(97)}), "W11", "tokenizer_words").value == 99
    assert told(mixture(**{"tokenizer.json": tokenizer(150)}), "W11") == (
        Verdict.PARTIAL,
        "differs",
    )
    assert told(mixture(**{"tokenizer.model": b"x"}), "W11") == (Verdict.PARTIAL, "not_compared")
    assert told(mixture(), "W11") == (Verdict.FAIL, "none")


def test_a_vocabulary_of_pieces_is_counted():
    model = {"type": "Unigram", "vocab": [[f'"{n}', -1.5e-3 * n] for n in range(100)]}
    files = mixture(**{"tokenizer.json": json.dumps({"added_tokens": [], "model": model})})
    assert told(files, "W11") == (Verdict.PASS, "fits")


def test_a_list_of_lines_is_counted():
    assert told(mixture(**{"tiktoken.model": b"YQ== 0\n" * 100}), "W11") == (Verdict.PASS, "fits")


@pytest.mark.parametrize(
    "content",
    [
        b'{"vocab": {' + b'"' + b'\\"' * 2_000_000,
        b'{"vocab": {' + b'"a"' + b" " * 4_000_000,
        b'"vocab"' * 500_000,
        b'{"vocab": [' + b'["a", ' + b"1" * 4_000_000,
        b'"id" : ' * 500_000,
    ],
)
def test_a_hostile_tokenizer_takes_little_time(content):
    started = time.process_time()
    results(mixture(**{"tokenizer.json": content}))
    assert time.process_time() - started < 3


def test_templates_are_found_where_they_may_stand():
    assert told(mixture(**{"chat_template.jinja": "{{ tools }}"}), "W12")[1] == "with_tools"
    inside = {"chat_template": [{"name": "default", "template": "{{ messages }}"}]}
    assert told(mixture(**{"tokenizer_config.json": inside}), "W12")[1] == "without_tools"
    said = mixture(**{"README.md": "# A\n\nUse this prompt format: [INST]"})
    assert told(said, "W12") == (Verdict.PARTIAL, "only_said")
    assert told(mixture(), "W12") == (Verdict.FAIL, "none")


# W13 and W14


def test_quantisation_must_be_declared_and_real():
    narrow = {"model.safetensors": safetensors(mixture_tensors("F8_E4M3"))}
    assert told(mixture(), "W13") == (Verdict.PASS, "none")
    assert told(mixture(**narrow), "W13") == (Verdict.PARTIAL, "undeclared")
    declared = config(quantization_config={"quant_method": "fp8"})
    assert told(declared | narrow, "W13") == (Verdict.PASS, "declared")
    assert told(declared, "W13") == (Verdict.FAIL, "declared_not_observed")
    card = {"README.md": "---\nbase_model: a/b\nbase_model_relation: quantized\n---\n# A"}
    assert told(mixture(**narrow, **card), "W13") == (Verdict.PASS, "declared")


def test_checkpoints_are_counted():
    weights = safetensors({"a": ("F32", [1])})
    one = {"step1000/model.safetensors": weights}
    assert told(mixture(), "W14") == (Verdict.FAIL, "none")
    assert told(mixture(**one), "W14") == (Verdict.PARTIAL, "one")
    several = one | {"stage2-step50/model.safetensors": weights}
    assert told(mixture(**several), "W14") == (Verdict.PASS, "several")
    listed = mixture(**{"branches.txt": "main\nrefs/heads/step1000\nstep2000\n"})
    assert told(listed, "W14") == (Verdict.PARTIAL, "only_listed")


def test_a_hostile_list_of_branches_takes_little_time():
    started = time.process_time()
    results(mixture(**{"branches.txt": "-step1" * 170_000}))
    assert time.process_time() - started < 3


def test_nothing_is_said_of_a_configuration_for_another_place():
    files = {"sub/config.json": MIXTURE_CONFIG, "model.safetensors": safetensors(mixture_tensors())}
    assert told(files, "W08") == (Verdict.FAIL, "none")
