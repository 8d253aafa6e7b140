#!/usr/bin/env python3
"""Learn whose a mention is, and of which sector, from all mentions of its article, on the vectors of a network that stays as it is, and add what was learned to its weight file.

    python3 training/whose.py --weights RAW.bin --out WITH.bin [--chancery target/release/chancery]

`chancery mentions` reads our corpus with RAW.bin and gives, for each document, its mentions, what ties them and what speaks for each country
(`crates/chancery/src/eval/mentions.rs`). Learned is each mention whose own words tell no country; crates/model/src/whose.rs computes the same. Prints the
share of right countries on dev. Seeded; takes about ten minutes on two cores,
half of them to read the corpus."""
import argparse, json, math, pathlib, random, subprocess, tempfile

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

import labels as L
from container import quantise_rows, read, write

ROOT = pathlib.Path(__file__).resolve().parent.parent
DIM, WIDTH, INNER, HEADS, LAYERS = 384, 160, 416, 4, 2
BASES = 2                   # a sector that words give, and that of a state as such
SORTS = [12, 11, 4, 6]      # how many numbers each sort of tie has
EVIDENCE = 7                # numbers for each mention and country
SCALE = 4                   # what log odds are divided by
LONGEST = 160               # mentions of a document; longer ones are not learned
ASIDE = 0.4                 # what a mention counts of whom the rules say themselves who it is ("she")
UNHEARD = 0.3               # share of documents in which the sentence's own word is not heard: on text it was trained on the network is too sure
SECTOR = 0.5                # what a sector counts beside a country
FASTER = 10                 # weights of evidence are that many times what is learned


def odds(p):
    p = min(max(p, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


class Document:
    """Tensors of one document: n mentions, c countries."""

    def __init__(self, row):
        mentions, n, c = row["mentions"], len(row["mentions"]), len(row["countries"])
        self.n, self.c = n, c
        self.vectors = torch.tensor([m["vector"] for m in mentions], dtype=torch.int8)
        self.scales = torch.tensor([m["scale"] for m in mentions])
        self.kinds = torch.tensor([L.KINDS.index(m["kind"]) for m in mentions])
        self.own = torch.tensor([-1 if m["country"] is None else m["country"] for m in mentions])
        self.ties = torch.from_numpy(np.frombuffer(row["ties"].encode(), dtype=np.uint8).reshape(n, n, len(SORTS)) - ord("a"))
        self.kin = torch.zeros(n, n)
        first = {}
        for i, m in enumerate(mentions):
            at = first.setdefault(m["sentence"], i)
            for j, p in enumerate(m["kin"], at):
                if j != i and p > 0: self.kin[i, j] = odds(p) / SCALE
        self.weighed = torch.tensor([m["evidence"] is not None for m in mentions])
        self.evidence = torch.tensor([m["evidence"] or [[0.0] * EVIDENCE] * c for m in mentions]).reshape(n, c, EVIDENCE)
        self.gold = torch.zeros(n, c + 1, dtype=torch.bool)  # the last: none of them
        self.taught = torch.zeros(n, dtype=torch.bool)
        for i, m in enumerate(mentions):
            if m["gold"] is None or m["country"] is not None or m["kind"] in ("da", "pl"): continue
            self.taught[i] = True
            right = [k for k, country in enumerate(row["countries"]) if country in m["gold"]]
            self.gold[i, right or [c]] = True
        of_sector = lambda name: L.SECTORS.index(name) if name in L.SECTORS else -1
        is_asked = lambda m: m["coded"] is not None and m["kind"] not in ("da", "pl", "st") and of_sector(m["coded"][0]) >= 0
        self.sector = torch.tensor([of_sector(m["sector"]) if is_asked(m) else -1 for m in mentions])
        self.coded = torch.tensor([m["coded"][1] * len(L.SECTORS) + of_sector(m["coded"][0]) if is_asked(m) else 0 for m in mentions])
        self.is_one = torch.tensor([m["gold"] is not None and len(m["gold"]) <= 1 for m in mentions])


class Ties(nn.Module):
    def __init__(self, heads):
        super().__init__()
        self.tables = nn.ParameterList(torch.randn(n, heads) * 0.02 for n in SORTS)
        self.kin = nn.Parameter(torch.zeros(heads))

    def forward(self, ties, kin):
        return sum(table[ties[..., k]] for k, table in enumerate(self.tables)) + kin[..., None] * self.kin


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.look, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.first, self.second = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.ties = Ties(HEADS)

    def forward(self, x, ties, kin, mask):
        b, n, _ = x.shape
        drop = lambda y: F.dropout(y, 0.2, self.training)
        q, k, v = self.look(x).view(b, n, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        fit = q @ k.transpose(-1, -2) / math.sqrt(WIDTH // HEADS) + self.ties(ties, kin).permute(0, 3, 1, 2)
        a = F.dropout(fit.masked_fill(~mask[:, None, None], -1e9).softmax(-1), 0.1, self.training)
        x = self.first(x + drop(self.out((a @ v).transpose(1, 2).reshape(b, n, WIDTH))))
        return self.second(x + drop(self.down(F.gelu(self.up(x)))))


class Whose(nn.Module):
    def __init__(self):
        super().__init__()
        self.input, self.kind, self.known, self.norm = nn.Linear(DIM, WIDTH), nn.Embedding(len(L.KINDS), WIDTH), nn.Embedding(2, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.query, self.key, self.none, self.ties = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, 1), Ties(1)
        self.untold = nn.Parameter(torch.zeros(1))  # a country that no mention's own words tell
        self.evidence = nn.Parameter(torch.zeros(len(L.KINDS), EVIDENCE))
        self.sector = nn.Linear(WIDTH, len(L.SECTORS))
        self.coded = nn.Parameter(torch.eye(len(L.SECTORS)).repeat(BASES, 1) / FASTER)

    def forward(self, b):
        """Scores [B, n, c + 1] of each country and of none, and [B, n, s] of each sector."""
        drop = lambda y: F.dropout(y, 0.2, self.training)
        x = self.norm(self.input(drop(b.vectors)) + self.kind(b.kinds) + self.known((b.own >= 0).long()))
        for layer in self.layers: x = layer(x, b.ties, b.kin, b.mask)
        fit = self.query(drop(x)) @ self.key(drop(x)).transpose(1, 2) / math.sqrt(WIDTH) + 3 * self.ties(b.ties, b.kin)[..., 0]
        by = F.one_hot(b.own.clamp(min=0), b.c).bool() & (b.own >= 0)[..., None]  # B, j, c
        told = by[:, None] & ~torch.eye(b.n, dtype=torch.bool)[None, :, :, None]
        score = fit[..., None].masked_fill(~told, -1e9).logsumexp(2)
        score = torch.where(told.any(2), score, self.untold)
        score = score + (b.evidence * FASTER * self.evidence[b.kinds][:, :, None]).sum(-1)
        countries = torch.cat([score, self.none(x)], -1).masked_fill(~b.open[:, None], -1e9)
        return countries, self.sector(drop(x)) + FASTER * self.coded[b.coded]


class Batch:
    def __init__(self, documents):
        self.n, self.c = max(d.n for d in documents), max(d.c for d in documents)
        pad = lambda x, *shape, value=0: F.pad(x, [y for have, want in zip(x.shape[::-1], shape[::-1]) for y in (0, want - have)], value=value)
        n, c = self.n, self.c
        of = lambda f: torch.stack([f(d) for d in documents])
        self.vectors = of(lambda d: pad(d.vectors.float() * d.scales[:, None], n, DIM))
        self.sector, self.coded = of(lambda d: pad(d.sector, n, value=-1)), of(lambda d: pad(d.coded, n))
        self.kinds, self.own = of(lambda d: pad(d.kinds, n)), of(lambda d: pad(d.own, n, value=-1))
        self.ties, self.kin = of(lambda d: pad(d.ties, n, n, len(SORTS))).long(), of(lambda d: pad(d.kin, n, n))
        self.evidence = of(lambda d: pad(d.evidence, n, c, EVIDENCE))
        self.gold = of(lambda d: torch.cat([pad(d.gold[:, :-1], n, c), pad(d.gold[:, -1:], n, 1)], 1))
        self.taught, self.weighed = of(lambda d: pad(d.taught, n)), of(lambda d: pad(d.weighed, n))
        self.mask = of(lambda d: torch.arange(n) < d.n)
        self.open = of(lambda d: (torch.arange(c + 1) < d.c) | (torch.arange(c + 1) == c))

    def unheard(self, share):
        """In some documents nothing is heard of the sentence's own word."""
        heard = (torch.rand(len(self.kin)) >= share).float()
        self.kin = self.kin * heard[:, None, None]
        self.evidence[..., :2] *= heard[:, None, None, None]
        return self


def batches(documents, rng, size=30_000):
    """Documents of like length together: at most `size` pairs of mentions."""
    out, most = [[]], 0
    for d in sorted(documents, key=lambda d: d.n + 10 * rng.random()):
        most = max(most, d.n)
        if out[-1] and (len(out[-1]) + 1) * most * most > size: out.append([]); most = d.n
        out[-1].append(d)
    rng.shuffle(out)
    return out


def right(net, documents):
    """Shares, in percent: of the weighed mentions of one country or none that get it, of the mentions with a sector that get it, and of those without."""
    net.eval()
    hits = all = 0
    sectors = torch.zeros(2, 2)
    with torch.no_grad():
        for group in batches(documents, random.Random(0)):
            b = Batch(group)
            one = torch.stack([F.pad(d.is_one, (0, b.n - d.n)) for d in group]) & b.taught & b.weighed
            countries, by_sector = net(b)
            best = countries.argmax(-1)
            for k, of in enumerate([b.sector > 0, b.sector == 0]): sectors[k] += torch.tensor([int((by_sector.argmax(-1) == b.sector)[of].sum()), int(of.sum())])
            hits += int((b.gold.gather(-1, best[..., None])[..., 0] & one).sum()); all += int(one.sum())
    return [100 * hits / max(1, all), *(100 * sectors[:, 0] / sectors[:, 1].clamp(min=1)).tolist()]


def tensors(net):
    """The network's part of the weight file."""
    state = {f"whose.{k}": v.detach().numpy().astype(np.float32) for k, v in net.state_dict().items()}
    out = {}
    for name, value in state.items():
        if ".tables." in name: continue
        if name.endswith(".weight") and value.size > 3_500: out[name], out[name.removesuffix("weight") + "scale"] = quantise_rows(value)
        else: out[name] = value
    for ties in [n.removesuffix(".kin") for n in state if n.endswith("ties.kin")]:
        last = 3 if ties == "whose.ties" else 1  # as in `Whose.forward`
        out[f"{ties}.tables"] = last * np.concatenate([state[f"{ties}.tables.{k}"] for k in range(len(SORTS))])
        out[f"{ties}.kin"] = last * state[f"{ties}.kin"]
    out["whose.evidence"] = FASTER * out["whose.evidence"]
    out["whose.coded"] = FASTER * out["whose.coded"].reshape(BASES, len(L.SECTORS), len(L.SECTORS))
    return out


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--weights", type=pathlib.Path, required=True)
    a.add_argument("--out", type=pathlib.Path, required=True)
    a.add_argument("--chancery", type=lambda p: pathlib.Path(p).resolve(), default=ROOT / "target/release/chancery")
    a.add_argument("--epochs", type=int, default=12)
    a.add_argument("--lr", type=float, default=2e-3)
    a.add_argument("--threads", type=int, default=2)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--mentions", type=pathlib.Path, help="what `chancery mentions` printed with these weights, to save reading the corpus")
    o = a.parse_args()
    torch.manual_seed(o.seed); torch.set_num_threads(o.threads)
    rng = random.Random(o.seed)
    weights, meta = read(o.weights)
    weights, meta = {k: v for k, v in weights.items() if not k.startswith("whose.")}, {k: v for k, v in meta.items() if not k.startswith("whose.")}
    with tempfile.TemporaryDirectory() as folder:
        lines = o.mentions or pathlib.Path(folder) / "mentions.jsonl"
        if not o.mentions:
            raw = pathlib.Path(folder) / "raw.bin"
            write(str(raw), weights, meta)
            with open(lines, "wb") as f: subprocess.run([o.chancery, "mentions", ROOT / "corpus", "--model", raw], check=True, stdout=f)
        parts = {"train": [], "dev": [], "test": []}
        for row in map(json.loads, open(lines, encoding="utf-8")):
            if 0 < len(row["mentions"]) <= LONGEST and row["countries"]: parts[row["split"]].append(Document(row))
    net = Whose()
    optimiser = torch.optim.AdamW(net.parameters(), lr=o.lr, weight_decay=0.02)
    mean = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(0.995))
    steps, step = o.epochs * len(batches(parts["train"], random.Random(0))), 0
    for epoch in range(o.epochs):
        net.train()
        for group in batches(parts["train"], rng):
            for g in optimiser.param_groups: g["lr"] = o.lr * min(1, (step + 1) / 50) * max(0, 1 - step / steps)
            b = Batch(group).unheard(UNHEARD)
            countries, sectors = net(b)
            of_gold = countries.log_softmax(-1).masked_fill(~b.gold, -1e9).logsumexp(-1)
            counts = torch.where(b.weighed, 1.0, ASIDE) * b.taught
            loss = -(of_gold * counts).sum() / counts.sum().clamp(min=1)
            if (b.sector >= 0).any(): loss = loss + SECTOR * F.cross_entropy(sectors[b.sector >= 0], b.sector[b.sector >= 0])
            optimiser.zero_grad(); loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step(); step += 1
            mean.update_parameters(net)
        print("epoch %d: right on dev: countries of weighed mentions %.1f %%, sectors %.1f %%, no sector %.1f %%" % (epoch + 1, *right(mean.module, parts["dev"])), flush=True)
    weights.update(tensors(mean.module))
    print(f"{o.out}: sha256 {write(str(o.out), weights, {**meta, 'whose.layers': str(LAYERS), 'whose.sectors': ' '.join(L.SECTORS)})}")


if __name__ == "__main__":
    main()
