"""Trained networks → the weights file that newsclean ships: whole numbers, no pickles."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from layers import Attention
from newsclean.judging.layers import GRID
from newsclean.judging.tagger import WEIGHT_GRID

if TYPE_CHECKING:
    from network import Tagger
    from newsclean.judging.features import Vocabulary

_LIMIT = 32767


def _grid(values: np.ndarray, grid: float) -> np.ndarray:
    """Values in steps of the grid of weights; on a coarser grid they take less room in the file."""
    return np.clip(np.rint(values * grid) * (WEIGHT_GRID / grid), -_LIMIT, _LIMIT).astype(np.int16)


def weights_file(nets: list[Tagger], vocabulary: Vocabulary, *, name: str, threshold: float) -> bytes:
    """The bytes of a weights file; read back by `newsclean.judging.tagger.parse_model`."""
    arrays: dict[str, np.ndarray] = {
        "name": np.frombuffer(name.encode(), dtype=np.uint8),
        "words": np.frombuffer("\n".join(vocabulary.words).encode(), dtype=np.uint8),
        "names": np.frombuffer("\n".join(vocabulary.names).encode(), dtype=np.uint8),
        "word_weights": vocabulary.weights.astype(np.int8),
        "networks": np.array(len(nets)),
        "threshold": np.array(threshold),
        "plan": np.frombuffer(" ".join(nets[0].shape.plan).encode(), dtype=np.uint8),
    }
    for number, net in enumerate(nets):
        prefix = f"{number}."

        def put(key: str, values: np.ndarray, grid: float = WEIGHT_GRID, prefix: str = prefix) -> None:
            arrays[prefix + key] = _grid(values, grid)

        arrays[prefix + "mean"] = net.mean.numpy().astype(np.float32)
        arrays[prefix + "scale"] = net.scale.numpy().astype(np.float32)
        for bag in net.used:
            # they are added up in steps of activations
            put(f"embed.{bag}", net.embed[bag].weight.detach().numpy(), GRID)
        linear = {"enter": net.enter, "context": net.context, "leave": net.leave}
        for at, layer in enumerate(net.layers):
            linear |= {f"layer{at}{part}": matrix for part, matrix in layer.parts().items()}
            if isinstance(layer, Attention):
                put(f"layer{at}.distance", layer.distance.detach().numpy())
        for key, layer in linear.items():
            put(f"{key}.weight", np.ascontiguousarray(layer.weight.detach().numpy().T))
            put(f"{key}.bias", layer.bias.detach().numpy())
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()
