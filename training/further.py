#!/usr/bin/env python3
"""Go on from a weights file with newer text, on two cores, for as many minutes as there are.

    python3 training/further.py --weights models/chancery.bin --data FOLDER --new 'agency-(1[89]|[2-4][0-9])' --minutes 85 --out RUN.pt
    python3 training/further.py --weights models/chancery.bin --mean RUN.pt --of 0.5 --out RAW.bin

The first reads in every round all sentences of the corpus files that `--new` matches and a part of all else; the second takes so much of the run and the rest of the weights
file, which keeps `whose` and the calibration. Sentences are read one by one, as the reader reads them."""
import argparse, pathlib, random, re, time

import numpy as np
import torch

import data as D
import train as T
from batch import arrays
from container import read, write
from export import export
from model import Chancery, Cloze, WordPieces, tensors
from vary import Cast

REAL, SEEN = 1 / 2, 2 / 3                # of the real sentences, of the relations that a round reads
OWN, UD = 500, 500                       # actor pairs of our corpus and UD sentences of a round


def restored(path):
    """The network of a weights file; what int8 lost is lost."""
    tensors, _ = read(path)
    net = Chancery()
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


def run(o):
    torch.manual_seed(o.seed); torch.set_num_threads(o.threads)
    rng, pieces = random.Random(o.seed), WordPieces()
    is_new = lambda f: re.fullmatch(o.new, f.stem)
    train = lambda files: D.split(D.corpus(files, o.chancery))["train"]
    new, older = train([f for f in D.corpus_files() if is_new(f)]), train([f for f in D.corpus_files() if not is_new(f)])
    others = D.others(o.data, o.chancery)
    real, seen, ud = others["real"] + [s for fold in others["plv"].values() for s in fold], [s for _, s in others["relations"]], others["ud"]
    print(f"{len(new)} new sentences, {len(older)} older, {len(real)} real ones", flush=True)
    net = restored(o.weights)
    cloze = Cloze(net.encoder.word.weight.detach())
    opt, cast, own = T.optimiser([net, cloze], o.lr, 2.5 * o.lr), Cast(older + new), list(T.pair_items(older + new, rng))
    rates = [g["lr"] for g in opt.param_groups]
    started, mean, rounds = time.time(), {}, 0
    spent = lambda: (time.time() - started) / (60 * o.minutes)
    part = lambda all_, share: rng.sample(all_, int(share * len(all_)))
    while spent() < 1:
        net.train()
        texts = {"corpus": new + part(older, o.older) + part(real, REAL), "pair": part(seen, SEEN) + rng.sample(own, OWN), "ud": rng.sample(ud, UD)}
        steps = [(kind, b) for kind, all_ in texts.items() for b in T.batches(all_ if kind == "ud" else cast.some(all_, rng), 64, rng)]
        rng.shuffle(steps)
        for kind, batch in steps:
            if spent() >= 1: break
            loss = T.step_loss(net, cloze, kind, tensors(arrays(kind, batch, pieces, rng)))
            opt.zero_grad(); loss.backward()
            torch.nn.utils.clip_grad_norm_([p for p in net.parameters() if p.requires_grad], 1.0)
            for group, rate in zip(opt.param_groups, rates): group["lr"] = rate * min(spent() / 0.06, (1 - min(spent(), 1)) / 0.94) + 1e-8
            opt.step()
            mean[kind] = 0.98 * mean.get(kind, loss.detach()) + 0.02 * loss.detach()
        rounds += 1
        print(f"round {rounds}: " + ", ".join(f"{k} {v.item():.3f}" for k, v in sorted(mean.items())) + f", {time.time() - started:.0f} s", flush=True)
        torch.save(net.state_dict(), o.out)


def join(o):
    net, ran = restored(o.weights), torch.load(o.mean, map_location="cpu")
    net.load_state_dict({k: (1 - o.of) * v + o.of * ran[k] for k, v in net.state_dict().items()})
    export(net, o.out, {})
    (tensors, meta), (kept, old) = read(o.out), read(o.weights)
    print(write(str(o.out), {**kept, **tensors}, {**old, **meta}))


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--weights", type=pathlib.Path, required=True)
    a.add_argument("--out", type=pathlib.Path, required=True)
    a.add_argument("--data", type=pathlib.Path, help="folder with the sets that may not be in the repository")
    a.add_argument("--chancery", default=str(D.ROOT / "target/release/chancery"), help="the built command, for its tokeniser")
    a.add_argument("--new", default="$", help="regular expression of the corpus files (without ending) that every round reads whole")
    a.add_argument("--older", type=float, default=1 / 3, help="how much of all other files a round reads")
    a.add_argument("--minutes", type=float, default=85)
    a.add_argument("--lr", type=float, default=2e-4)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--threads", type=int, default=2)
    a.add_argument("--mean", type=pathlib.Path, help="a run to join with the weights")
    a.add_argument("--of", type=float, default=0.5, help="how much of the run the mean takes")
    o = a.parse_args()
    if o.mean: join(o)
    elif not o.data: a.error("--data FOLDER is needed")
    else: run(o)


if __name__ == "__main__":
    main()
