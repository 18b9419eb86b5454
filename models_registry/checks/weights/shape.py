"""The shape of a transformer as its configuration states it, and the parameters that follow."""

from dataclasses import dataclass

from models_registry.checks.readers.config import Config
from models_registry.checks.readers.gguf import Metadata

_EXPERTS = (
    "n_routed_experts", "num_experts", "num_local_experts", "moe_num_experts", "num_routed_experts",
)  # fmt: skip
_CHOSEN = (
    "num_experts_per_tok", "num_experts_per_token", "moe_top_k", "moe_topk", "top_k_experts",
    "experts_per_token", "n_activated_experts",
)  # fmt: skip
_CONTEXT = (
    "max_position_embeddings", "n_positions", "max_sequence_length", "max_seq_len", "seq_length",
    "n_ctx",
)  # fmt: skip
_MOST_LAYERS = 100_000


@dataclass(frozen=True, slots=True)
class Attention:
    """The projections of attention; the ranks are those of compressed keys and values."""

    heads: int
    pairs: int
    width: int
    query_rank: int = 0
    pair_rank: int = 0
    rotary: int = 0
    value: int = 0

    def parameters(self, hidden: int) -> int:
        if not self.pair_rank:
            return hidden * self.width * (2 * self.heads + 2 * self.pairs)
        queries = self.heads * (self.width + self.rotary)
        first = hidden * self.query_rank + self.query_rank * queries
        asked = first if self.query_rank else hidden * queries
        stored = hidden * (self.pair_rank + self.rotary)
        given = self.pair_rank * self.heads * (self.width + self.value)
        return asked + stored + given + self.heads * self.value * hidden

    def cached(self) -> int:
        """Numbers that one layer keeps for each token of the context."""
        return self.pair_rank + self.rotary if self.pair_rank else 2 * self.pairs * self.width


@dataclass(frozen=True, slots=True)
class Shape:
    """What is needed to count parameters; ``chosen`` of the ``experts`` work on each token."""

    layers: int
    hidden: int
    vocabulary: int
    inner: int
    attention: Attention
    tied: bool
    gated: bool = True
    experts: int = 0
    chosen: int = 0
    expert_inner: int = 0
    shared_inner: int = 0
    dense_layers: int = 0

    @property
    def mixture(self) -> bool:
        return self.experts > 1 and self.chosen > 0

    def parameters(self) -> int:
        """All of the language model; norms and biases, below a thousandth, are left out."""
        return self._outside_experts() + self._routed(self.experts)

    def active(self) -> int:
        """Those that work on one token."""
        return self._outside_experts() + self._routed(min(self.chosen, self.experts))

    def _outside_experts(self) -> int:
        embeddings = self.vocabulary * self.hidden * (1 if self.tied else 2)
        attention = self.layers * self.attention.parameters(self.hidden)
        dense = self.dense_layers * self._feed(self.inner)
        beside = self.hidden * self.experts + self._feed(self.shared_inner)
        return embeddings + attention + dense + (self.layers - self.dense_layers) * beside

    def _routed(self, experts: int) -> int:
        return (self.layers - self.dense_layers) * experts * self._feed(self.expert_inner)

    def _feed(self, inner: int) -> int:
        return (3 if self.gated else 2) * self.hidden * inner


def shape_of(config: Config) -> Shape | None:
    """The shape that a configuration states; nothing where it is not that of a transformer."""
    layers = config.integer("num_hidden_layers", "n_layer", "num_layers", "n_layers")
    hidden = config.integer("hidden_size", "n_embd", "d_model", "dim")
    heads = config.integer("num_attention_heads", "n_head", "num_heads", "n_heads")
    vocabulary = config.integer("vocab_size")
    if not (layers and hidden and heads and vocabulary) or layers > _MOST_LAYERS:
        return None
    experts = config.integer(*_EXPERTS) or 0
    inner = config.integer("intermediate_size", "n_inner", "ffn_dim", "hidden_dim") or 4 * hidden
    expert_inner = config.integer("moe_intermediate_size", "expert_ffn_hidden_size") or inner
    return Shape(
        layers=layers,
        hidden=hidden,
        vocabulary=vocabulary,
        inner=config.integer("intermediate_size_mlp") or inner,
        attention=_attention(config, hidden, heads),
        tied=_tied(config),
        gated=config.string("model_type") not in ("gpt2", "gpt_neox", "bloom", "falcon", "opt"),
        experts=experts if experts > 1 else 0,
        chosen=config.integer(*_CHOSEN) or 0,
        expert_inner=expert_inner,
        shared_inner=_shared(config, expert_inner),
        dense_layers=_dense(config, layers) if experts > 1 else layers,
    )


def context_of(config: Config) -> int | None:
    """The longest context that a configuration states, before any stretching."""
    return config.integer(*_CONTEXT)


def chosen_of(config: Config) -> tuple[int, int]:
    """How many experts there are, and how many work on each token."""
    return config.integer(*_EXPERTS) or 0, config.integer(*_CHOSEN) or 0


def keys_of_gguf(metadata: Metadata) -> dict[str, object]:
    """The same facts of a GGUF file under the keys of a configuration."""
    values = metadata.values
    architecture = values.get("general.architecture", "")
    found: dict[str, object] = {"model_type": architecture, "architectures": [architecture]}
    for key, name in _GGUF.items():
        if (value := values.get(f"{architecture}.{key}")) is not None:
            found[name] = value
    words = values.get("tokenizer.ggml.tokens")
    if words is not None and "vocab_size" not in found:
        found["vocab_size"] = getattr(words, "count", None)
    tied = not any(tensor.name == "output.weight" for tensor in metadata.tensors)
    return {**found, "tie_word_embeddings": tied}


_GGUF = {
    "block_count": "num_hidden_layers",
    "embedding_length": "hidden_size",
    "feed_forward_length": "intermediate_size",
    "attention.head_count": "num_attention_heads",
    "attention.head_count_kv": "num_key_value_heads",
    "attention.key_length": "head_dim",
    "context_length": "max_position_embeddings",
    "vocab_size": "vocab_size",
    "expert_count": "num_experts",
    "expert_used_count": "num_experts_per_tok",
    "expert_feed_forward_length": "moe_intermediate_size",
    "expert_shared_count": "n_shared_experts",
    "leading_dense_block_count": "first_k_dense_replace",
    "attention.q_lora_rank": "q_lora_rank",
    "attention.kv_lora_rank": "kv_lora_rank",
}


def _attention(config: Config, hidden: int, heads: int) -> Attention:
    width = config.integer("head_dim") or hidden // heads
    pairs = config.integer("num_key_value_heads", "n_head_kv", "n_kv_heads", "num_kv_heads")
    rank = config.integer("kv_lora_rank")
    if not rank:
        return Attention(heads, pairs or heads, width)
    return Attention(
        heads,
        heads,
        config.integer("qk_nope_head_dim") or width,
        query_rank=config.integer("q_lora_rank") or 0,
        pair_rank=rank,
        rotary=config.integer("qk_rope_head_dim") or 0,
        value=config.integer("v_head_dim") or width,
    )


def _tied(config: Config) -> bool:
    stated = config.flag("tie_word_embeddings")
    return stated if stated is not None else config.string("model_type") in ("gpt2", "gemma")


def _shared(config: Config, expert_inner: int) -> int:
    stated = config.integer("shared_expert_intermediate_size", "shared_intermediate_size")
    if stated is not None:
        return stated
    count = config.integer("n_shared_experts", "num_shared_experts", "moe_num_shared_experts")
    return (count or 0) * expert_inner


def _dense(config: Config, layers: int) -> int:
    """How many layers have one feed-forward part for all tokens."""
    first = config.integer("first_k_dense_replace", "num_dense_layers", "moe_layer_start_index")
    if first:
        return min(first, layers)
    step = config.integer("decoder_sparse_step", "interleave_moe_layer_step", "moe_layer_freq") or 1
    alone = config.text.get("mlp_only_layers")
    listed = len(alone) if isinstance(alone, list) else 0
    return min(layers, layers - layers // step + listed)
