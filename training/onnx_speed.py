#!/usr/bin/env python3
"""The encoder in onnxruntime, int8, one thread: the other side of `cargo bench -p chancery --bench throughput`.

Reads a line with the pieces of all sentences (a JSON list of lists), then encodes all of them once for each further line and prints the
seconds. Batches of sentences of like length; the best of the batch sizes 1, 8 and 32 is taken in a first round that is not reported."""
import json, os, pathlib, sys, tempfile, time

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from model import Encoder


class Plain(torch.nn.Module):
    """The encoder as one graph: pieces and mask in, vectors out."""

    def __init__(self):
        super().__init__()
        self.encoder = Encoder()

    def forward(self, ids, mask):
        return self.encoder(ids, mask.bool(), torch.zeros_like(ids))


def session():
    import onnxruntime as ort
    from onnxruntime.quantization import QuantType, quantize_dynamic
    folder = pathlib.Path(tempfile.mkdtemp())
    net, ids = Plain().eval(), torch.ones(2, 16, dtype=torch.long)
    axes = {0: torch.export.Dim("rows", min=1, max=512), 1: torch.export.Dim("pieces", min=2, max=512)}
    torch.onnx.export(net, (ids, ids), folder / "plain.onnx", input_names=["ids", "mask"], output_names=["vectors"], dynamic_shapes=(axes, axes), verbose=False)
    quantize_dynamic(folder / "plain.onnx", folder / "int8.onnx", weight_type=QuantType.QInt8)
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return ort.InferenceSession(str(folder / "int8.onnx"), options, providers=["CPUExecutionProvider"])


def batches(sentences, size):
    order = sorted(sentences, key=len)
    out = []
    for i in range(0, len(order), size):
        part = order[i:i + size]
        ids, mask = np.zeros((len(part), len(part[-1])), np.int64), np.zeros((len(part), len(part[-1])), np.int64)
        for k, s in enumerate(part): ids[k, :len(s)], mask[k, :len(s)] = s, 1
        out.append({"ids": ids, "mask": mask})
    return out


def seconds(run, parts):
    started = time.perf_counter()
    for x in parts: run.run(None, x)
    return time.perf_counter() - started


def main():
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print is no answer
    sentences = json.loads(sys.stdin.readline())
    run = session()
    parts = min((batches(sentences, size) for size in (1, 8, 32)), key=lambda p: seconds(run, p))
    for _ in sys.stdin: print(seconds(run, parts), file=out, flush=True)


if __name__ == "__main__":
    main()
