#!/usr/bin/env python3
"""Fit the pair head anew on a network whose other weights stay: a mean of networks has a better encoder, and a head that does not fit it.

    python3 training/pairs.py --data FOLDER --from MEAN.pt --out RAW.bin [--fold K]"""
import argparse, pathlib, random

import torch
from torch.nn import functional as F

import data as D
from batch import pair_arrays
from export import export, restored
from model import WordPieces, collate, tensors
from score import relation_scores
from train import batches, pair_loss

HEAD = ("pair", "pair_query", "pair_out", "absent")


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=pathlib.Path, required=True, help="folder with relations_plv.jsonl")
    a.add_argument("--chancery", help="the built command, for its tokeniser")
    a.add_argument("--from", dest="start", type=pathlib.Path, required=True, help="checkpoint (.pt)")
    a.add_argument("--out", type=pathlib.Path, required=True, help="where the weights go")
    a.add_argument("--fold", type=int, help="leave this fold out and score it")
    a.add_argument("--epochs", type=int, default=8)
    a.add_argument("--threads", type=int, default=2)
    o = a.parse_args()
    torch.manual_seed(1); torch.set_num_threads(o.threads)
    rng, pieces = random.Random(1), WordPieces()
    net = restored(o.start)
    relations = D.plv(o.data / "relations_plv.jsonl", o.chancery)
    seen = [s for r, s in relations if r["fold"] != o.fold]
    for p in net.parameters(): p.requires_grad = False
    head = [p for n, p in net.named_parameters() if n.split(".")[0] in HEAD]
    for p in head: p.requires_grad = True
    optimiser = torch.optim.AdamW(head, lr=1e-3, weight_decay=0.01)
    net.eval()
    with torch.no_grad():
        read = [(tensors(pair_arrays(b)), *net.words(tensors(collate(b, pieces)))[:3]) for b in batches(seen, 32, rng)]
    for epoch in range(o.epochs):
        for group in optimiser.param_groups: group["lr"] = 1e-3 * (1 - epoch / o.epochs)
        rng.shuffle(read)
        net.train()
        for x, w, sent, mask in read:
            loss = pair_loss(net, F.dropout(w, 0.1), sent, mask, x)
            optimiser.zero_grad(); loss.backward(); optimiser.step()
    net.eval()
    held = [(r, s) for r, s in relations if r["fold"] == o.fold]
    if held: print(f"fold {o.fold}:", relation_scores(net, held, pieces), flush=True)
    torch.save(net.state_dict(), o.out.with_suffix(".pt"))
    export(net, o.out, {})


if __name__ == "__main__":
    main()
