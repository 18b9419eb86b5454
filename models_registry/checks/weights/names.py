"""What the name of a tensor tells: its layer, its expert, and whether it is part of a packing."""

import re
from dataclasses import dataclass

_NUMBER = re.compile(r"(?:(?<=\.)|^)(\d+)(?=\.|$)")
_LAYERED = re.compile(r"(?:^|[._])(?:layers?|h|blocks?|blk)\.$")
# Its layers are counted apart from those of the language model.
_BESIDE = re.compile(
    r"(?:^|\.)(?:vision|visual|audio|image|vit|speech|encoder)\w*\.", re.IGNORECASE
)
_ROUTED = re.compile(r"(?:^|\.)(?:experts|ffn_(?:gate|up|down|gate_up)_exps)(?:\.|$)")
_PREDICTION = re.compile(r"(?:^|\.)(?:mtp|nextn)(?:_|\.|$)")
_EMBEDDING = re.compile(
    r"(?:embed_tokens|tok_embeddings|wte|word_embeddings|embed_in|token_embd)\.weight$"
)
# What a quantised weight is stored with, which is no parameter of the model.
_COMPANION = re.compile(
    r"(?:[._](?:weight_)?(?:scales?|scale_inv|scale_2|zero_point|shape|g_idx|zeros)"
    r"|\.(?:qzeros|SCB|absmax|quant_map|nested_absmax|nested_quant_map|biases_q)"
    r"|_scale|_scale_inv|\.quant_state\.[\w.]+|rotary_emb\.inv_freq|\.weight_format)$"
)
_PACKED = re.compile(r"(?:\.weight_packed|\.qweight|_packed|_blocks)$")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A name with its numbers left out, so that all layers and experts share it."""

    text: str
    layered: bool
    routed: bool
    prediction: bool
    embedding: bool
    companion: bool
    packed: bool

    @property
    def plain(self) -> str:
        """The name that the tensor has where it is not quantised."""
        return _PACKED.sub(lambda found: ".weight" if "." in found[0] else "", self.text)


class Names:
    """Takes names apart; a model has millions of tensors and a few dozen patterns."""

    def __init__(self, most: int = 20_000) -> None:
        self._patterns: dict[str, Pattern] = {}
        self._most = most

    def apart(self, name: str) -> tuple[Pattern, list[str]]:
        """The pattern of a name, and its numbers from the left."""
        parts = _NUMBER.split(name)
        text = "N".join(parts[::2])
        pattern = self._patterns.get(text)
        if pattern is None:
            pattern = _pattern(text, parts[0])
            # A hostile file could give every tensor a pattern of its own.
            if len(self._patterns) < self._most:
                self._patterns[text] = pattern
        return pattern, parts[1::2]


def _pattern(text: str, before: str) -> Pattern:
    return Pattern(
        text=text,
        layered=bool(_LAYERED.search(before)) and not _BESIDE.search(before),
        routed=bool(_ROUTED.search(text)),
        prediction=bool(_PREDICTION.search(text)),
        embedding=bool(_EMBEDDING.search(text)),
        companion=bool(_COMPANION.search(text)),
        packed=bool(_PACKED.search(text)),
    )
