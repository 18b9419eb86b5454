"""The formula against the sizes that providers of well-known architectures state."""

import pytest

from models_registry.checks.material import Entry
from models_registry.checks.readers.config import Config
from models_registry.checks.weights.names import Names
from models_registry.checks.weights.shape import shape_of

LATENT = {
    "kv_lora_rank": 512,
    "q_lora_rank": 1536,
    "qk_nope_head_dim": 128,
    "qk_rope_head_dim": 64,
    "v_head_dim": 128,
}
KNOWN = {
    "dense, grouped keys": (
        {
            "num_hidden_layers": 32,
            "hidden_size": 4096,
            "num_attention_heads": 32,
            "num_key_value_heads": 8,
            "intermediate_size": 14336,
            "vocab_size": 128256,
        },
        8.03e9,
        8.03e9,
    ),
    "eight experts": (
        {
            "num_hidden_layers": 32,
            "hidden_size": 4096,
            "num_attention_heads": 32,
            "num_key_value_heads": 8,
            "intermediate_size": 14336,
            "vocab_size": 32000,
            "num_local_experts": 8,
            "num_experts_per_tok": 2,
        },
        46.7e9,
        12.9e9,
    ),
    "many experts, none shared": (
        {
            "num_hidden_layers": 94,
            "hidden_size": 4096,
            "num_attention_heads": 64,
            "num_key_value_heads": 4,
            "head_dim": 128,
            "intermediate_size": 12288,
            "moe_intermediate_size": 1536,
            "vocab_size": 151936,
            "num_experts": 128,
            "num_experts_per_tok": 8,
            "decoder_sparse_step": 1,
            "mlp_only_layers": [],
        },
        235e9,
        22.2e9,
    ),
    "latent attention, a shared expert, dense layers first": (
        {
            **LATENT,
            "num_hidden_layers": 61,
            "hidden_size": 7168,
            "num_attention_heads": 128,
            "intermediate_size": 18432,
            "moe_intermediate_size": 2048,
            "vocab_size": 129280,
            "n_routed_experts": 256,
            "n_shared_experts": 1,
            "num_experts_per_tok": 8,
            "first_k_dense_replace": 3,
            "moe_layer_freq": 1,
        },
        671e9,
        37.5e9,
    ),
    "the same with more experts and fewer heads": (
        {
            **LATENT,
            "num_hidden_layers": 61,
            "hidden_size": 7168,
            "num_attention_heads": 64,
            "intermediate_size": 18432,
            "moe_intermediate_size": 2048,
            "vocab_size": 163840,
            "n_routed_experts": 384,
            "n_shared_experts": 1,
            "num_experts_per_tok": 8,
            "first_k_dense_replace": 1,
        },
        1.026e12,
        32.8e9,
    ),
    "small experts of the width of the model": (
        {
            "num_hidden_layers": 36,
            "hidden_size": 2880,
            "num_attention_heads": 64,
            "num_key_value_heads": 8,
            "head_dim": 64,
            "intermediate_size": 2880,
            "vocab_size": 201088,
            "num_local_experts": 128,
            "num_experts_per_tok": 4,
        },
        116.8e9,
        5.7e9,
    ),
}


def config(data):
    return Config(Entry("config.json", 1), data, data.get("text_config", data))


@pytest.mark.parametrize("name", KNOWN)
def test_the_formula_meets_the_stated_sizes(name):
    data, total, active = KNOWN[name]
    shape = shape_of(config(data))
    assert shape.parameters() == pytest.approx(total, rel=0.01)
    assert shape.active() == pytest.approx(active, rel=0.02)


def test_the_language_part_of_a_model_of_several_modalities_counts():
    data, total, _ = KNOWN["eight experts"]
    shape = shape_of(config({"text_config": data, "vision_config": {"hidden_size": 7}}))
    assert shape.parameters() == pytest.approx(total, rel=0.01)


def test_a_shared_matrix_of_words_counts_once():
    data, _, _ = KNOWN["dense, grouped keys"]
    saved = (
        shape_of(config(data)).parameters()
        - shape_of(config(data | {"tie_word_embeddings": True})).parameters()
    )
    assert saved == 128256 * 4096


def test_latent_attention_remembers_little():
    data, _, _ = KNOWN["latent attention, a shared expert, dense layers first"]
    assert shape_of(config(data)).attention.cached() == 576


@pytest.mark.parametrize(
    ("name", "plain", "routed", "companion", "layered"),
    [
        ("model.layers.3.mlp.experts.7.up_proj.weight", None, True, False, True),
        ("model.layers.3.mlp.shared_experts.up_proj.weight", None, False, False, True),
        ("model.layers.3.mlp.experts.7.up_proj.weight_scale_inv", None, True, True, True),
        ("model.layers.3.self_attn.q_proj.qweight", "q_proj.weight", False, False, True),
        ("model.layers.3.self_attn.q_proj.qzeros", None, False, True, True),
        ("model.layers.3.self_attn.q_proj.weight_packed", "q_proj.weight", False, False, True),
        ("model.layers.3.mlp.experts.gate_up_proj_blocks", "gate_up_proj", True, False, True),
        ("model.layers.3.mlp.experts.gate_up_proj_scales", None, True, True, True),
        ("model.layers.3.mlp.experts.gate_up_proj_bias", None, True, False, True),
        ("blk.3.ffn_gate_exps.weight", None, True, False, True),
        ("blk.3.ffn_gate_shexp.weight", None, False, False, True),
        ("transformer.h.3.attn.c_attn.weight", None, False, False, True),
        ("vision_tower.blocks.3.attn.weight", None, False, False, False),
        ("model.norm.weight", None, False, False, False),
        (
            "model.layers.3.mlp.experts.7.w1.weight.quant_state.bitsandbytes__nf4",
            None,
            True,
            True,
            True,
        ),
    ],
)
def test_names_tell_what_a_tensor_is(name, plain, routed, companion, layered):
    pattern, numbers = Names().apart(name)
    assert (pattern.routed, pattern.companion, pattern.layered) == (routed, companion, layered)
    assert plain is None or pattern.plain.endswith(plain)
    assert not layered or numbers[0] == "3"
