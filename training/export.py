"""Writes the trained network as one weight file: the word table in half bytes, int8 matrices (the smallest heads as floats), the Latin part of the vocabulary, label sets."""
import hashlib, pathlib

import numpy as np

import labels as L
import torch

from container import LEVELS, quantise_halves, quantise_rows, read, text, write
from model import Chancery, base_folder

POSITIONS = 256


def vocabulary():
    """Ids to keep, in BERT's order: special tokens and every piece in Latin script. Fewer pieces cost more than they save: with those of our corpus alone
    (16,308), "Putin" and "massive" fell apart, and folds lost up to 4 points."""
    pieces = (base_folder() / "vocab.txt").read_text(encoding="utf-8").split("\n")[:30522]
    latin = lambda p: all(ord(c) < 0x250 for c in p) and not p.startswith("[unused")
    order = [i for i, p in enumerate(pieces) if latin(p)]
    return order, [pieces[i] for i in order]


def export(net, path, meta):
    state = {k: v.detach().float().cpu().numpy() for k, v in net.state_dict().items()}
    order, names = vocabulary()
    tensors = {"wordpiece.pieces": text(names)}

    def linear(name, weight, bias=None, eight_bit=True):
        if eight_bit:
            tensors[f"{name}.weight"], tensors[f"{name}.scale"] = quantise_rows(weight)
        else:
            tensors[f"{name}.weight"] = weight.astype(np.float32)
        if bias is not None: tensors[f"{name}.bias"] = bias.astype(np.float32)

    tensors["embed.word"], tensors["embed.word.share"], tensors["embed.word.scale"] = quantise_halves(state["encoder.word.weight"][order])
    tensors["embed.word.level"] = LEVELS
    tensors["embed.position"] = state["encoder.position"][:POSITIONS]
    tensors["embed.capitals"] = state["encoder.capitals"]
    tensors["embed.norm.weight"], tensors["embed.norm.bias"] = state["encoder.norm.weight"], state["encoder.norm.bias"]
    layers = 0
    while f"encoder.layers.{layers}.qkv.weight" in state:
        for part in ("qkv", "out", "ffn_in", "ffn_out"):
            linear(f"layer.{layers}.{part}", state[f"encoder.layers.{layers}.{part}.weight"], state[f"encoder.layers.{layers}.{part}.bias"])
        for part in ("norm1", "norm2"):
            for x in ("weight", "bias"): tensors[f"layer.{layers}.{part}.{x}"] = state[f"encoder.layers.{layers}.{part}.{x}"]
        layers += 1
    for name in state:
        if name.startswith("encoder."): continue
        if name.endswith(".weight") and name.removesuffix(".weight") + ".bias" in state:
            linear(name.removesuffix(".weight"), state[name], state[name.removesuffix(".weight") + ".bias"], eight_bit=state[name].size > 10_000)
        elif not name.endswith(".bias"):
            tensors[name] = state[name]
    labels = {f"labels.{k}": " ".join(v) for k, v in {
        "type": L.TYPES, "mode": L.MODES, "status": L.STATUSES, "context": L.CONTEXTS, "ledger": L.LEDGERS, "ledger_status": L.LEDGER_STATUSES,
        "kind": L.KINDS, "mention": L.MENTION, "predicate": L.PREDICATE, "condition": L.CONDITION, "ner": L.NER, "upos": L.UPOS, "role": L.ROLES, "speech": L.SPEECH}.items()}
    write(str(path), tensors, {"encoder.layers": str(layers), "encoder.heads": "12", **labels, **meta})
    digest = hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()
    print(f"{path}: {pathlib.Path(path).stat().st_size / 2**20:.1f} MiB, sha256 {digest}")


def restored(path):
    """The network of a checkpoint (.pt) or of a weights file, without what int8 lost."""
    net = Chancery()
    if path.suffix == ".pt":
        net.load_state_dict(torch.load(path, map_location="cpu"))
        return net
    tensors, _ = read(path)
    state = net.state_dict()
    for name, value in state.items():
        if name == "encoder.word.weight": continue
        stored = name.replace("encoder.layers", "layer") if name.startswith("encoder.layers") else name.replace("encoder.", "embed.")
        array = tensors[stored]
        if array.dtype == np.int8: array = array * tensors[stored.removesuffix(".weight") + ".scale"][:, None]
        array = torch.from_numpy(np.array(array, dtype=np.float32))
        state[name] = torch.cat([array, value[len(array):]]) if len(array) < len(value) else array  # the file has fewer positions
    net.load_state_dict(state)
    return net


if __name__ == "__main__":
    import sys
    checkpoint, out = map(pathlib.Path, sys.argv[1:3])
    export(restored(checkpoint), out, {})
