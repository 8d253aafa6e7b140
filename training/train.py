#!/usr/bin/env python3
"""Train chancery's network and write its weights.

    python3 training/train.py --data FOLDER --out RAW.bin        # one run; shipped.py strings the runs of the shipped weights together
    python3 training/train.py --out RAW.bin                      # our corpus alone

`FOLDER` may hold `open_texts.jsonl`, `relations_plv.jsonl`, `ud_english_ewt/` and `uner_english_ewt/`; each is used if it is there.
`--fold K` leaves fold K of the relations out, pairs and sentences alike, and prints the scores on it. Seeded; prints the scores on our own dev split."""
import argparse, pathlib, random, sys, time

import numpy as np
import torch
from torch.nn import functional as F

import data as D
import labels as L
from model import Chancery, WordPieces, collate
from score import evaluate, relation_scores, syntax_scores

IGNORE = -100


def ids(tags, names, width):
    return [names.index(t) for t in tags] + [IGNORE] * (width - len(tags))


def tag_loss(logits, sentences, field, names, mask):
    gold = torch.tensor([ids(getattr(s, field), names, logits.shape[1]) if getattr(s, field) else [IGNORE] * logits.shape[1] for s in sentences])
    gold = gold.masked_fill(~mask, IGNORE)
    if (gold == IGNORE).all(): return logits.sum() * 0
    return F.cross_entropy(logits.reshape(-1, len(names)), gold.reshape(-1), ignore_index=IGNORE)


def spans(x):
    return torch.tensor(x, dtype=torch.long).view(-1, 2)


def event_items(sentences, rng):
    """Gold predicates and, as hard negatives, two words a sentence that are none."""
    for b, s in enumerate(sentences):
        for p in s.preds:
            yield b, p["span"], p if p["type"] else dict(type="NONE", mode="-", status=None, contexts=[], ledger="-")
        free = [i for i, t in enumerate(s.predicate) if t == "O" and s.words[i].isalpha()]
        for i in rng.sample(free, min(2, len(free))):
            yield b, (i, i + 1), dict(type="NONE", mode="-", status=None, contexts=[], ledger="-")


def event_loss(net, w, sent, mask, sentences, rng):
    items = list(event_items(sentences, rng))
    if not items: return w.sum() * 0
    out = net.events(w, sent, mask, torch.tensor([b for b, _, _ in items]), spans([s for _, s, _ in items]))
    gold = lambda key, names: torch.tensor([names.index(p[key]) if p[key] is not None else IGNORE for _, _, p in items])
    loss = F.cross_entropy(out["kind"], gold("type", L.TYPES)) + 0.5 * F.cross_entropy(out["mode"], gold("mode", L.MODES))
    status = gold("status", L.STATUSES)
    if (status != IGNORE).any(): loss = loss + 0.7 * F.cross_entropy(out["status"], status, ignore_index=IGNORE)
    kinds = torch.tensor([L.LEDGERS.index((p["ledger"] or "-").split("/")[0]) for _, _, p in items])
    states = torch.tensor([L.LEDGER_STATUSES.index(p["ledger"] or "-") for _, _, p in items])
    loss = loss + 0.4 * F.cross_entropy(out["ledger"], kinds) + 0.4 * F.cross_entropy(out["ledger_status"], states)
    ctx = torch.tensor([[float(c in (p["contexts"] or [])) for c in L.CONTEXTS] for _, _, p in items])
    rows = torch.tensor([p["type"] not in (None, "NONE") for _, _, p in items])
    if rows.any(): loss = loss + 4 * F.binary_cross_entropy_with_logits(out["context"][rows], ctx[rows])
    return loss


def link_loss(net, w, sentences):
    items = [(b, p["span"], m, p["roles"].get(j, "-"), p["speech"].get(j, "-")) for b, s in enumerate(sentences) for p in s.preds for j, m in enumerate(s.mentions)]
    if not items: return w.sum() * 0
    out = net.links(w, torch.tensor([i[0] for i in items]), spans([i[1] for i in items]), spans([i[2][:2] for i in items]),
                    torch.tensor([L.KINDS.index(i[2][2]) for i in items]))
    role = torch.tensor([L.ROLES.index(i[3]) for i in items])
    speech = torch.tensor([L.SPEECH.index(i[4]) for i in items])
    return F.cross_entropy(out["role"], role) + F.cross_entropy(out["speech"], speech)


def kin_loss(net, w, sentences):
    items = [(b, s.mentions[i], s.mentions[j], same) for b, s in enumerate(sentences) for i, j, same in s.kin()]
    if not items: return w.sum() * 0
    kinds = torch.tensor([[L.KINDS.index(x[2]), L.KINDS.index(y[2])] for _, x, y, _ in items])
    out = net.kins(w, torch.tensor([i[0] for i in items]), spans([i[1][:2] for i in items]), spans([i[2][:2] for i in items]), kinds)
    return F.binary_cross_entropy_with_logits(out, torch.tensor([float(i[3]) for i in items]))


def pair_items(sentences, rng):
    """Ordered actor pairs of our corpus as marked sentences: those of an event, and one pair in three sentences with nothing between."""
    for s in sentences:
        tied = {}
        for p in s.preds:
            if p["type"] in (None, "NONE") or p["status"] == "n": continue
            act = [m for m, r in p["roles"].items() if r == "act"]
            rec = [m for m, r in p["roles"].items() if r == "rec"]
            couples = [(x, y) for x in act for y in rec] or ([(x, y) for x in act for y in act if x != y] if p["type"] == "CONSULT" else [])
            for c in couples: tied.setdefault(c, p["type"])
        actors = [j for j, m in enumerate(s.mentions) if m[2] not in ("pl", "da")]
        free = [(x, y) for x in actors for y in actors if x != y and (x, y) not in tied and (y, x) not in tied]
        if free and rng.random() < 0.33: tied[rng.choice(free)] = "NONE"
        for (x, y), t in tied.items():
            yield D.marked(s, s.mentions[x][:2], s.mentions[y][:2], t)


def pair_loss(net, w, sent, mask, sentences):
    side = lambda k: spans([s.pair[k] or (-1, -1) for s in sentences])
    out = net.pairs(w, sent, mask, torch.arange(len(sentences)), side(0), side(1))
    logp = out.log_softmax(-1)
    c, r = L.ROOTS.index("CONCEDE"), L.ROOTS.index("RETREAT")
    each = [torch.logaddexp(lp[c], lp[r]) if s.pair[2] == "YIELD" else lp[L.ROOTS.index(s.pair[2])] for lp, s in zip(logp, sentences)]
    return -torch.stack(each).mean()


def arc_loss(net, w, root, sentences, mask):
    scores = net.arcs(w, root)
    ok = torch.cat([torch.ones_like(mask[:, :1]), mask], 1)
    scores = scores.masked_fill(~ok[:, None], -1e4)
    gold = torch.full(mask.shape, IGNORE)
    for b, s in enumerate(sentences):
        gold[b, : len(s.heads)] = torch.tensor(s.heads)
    gold = gold.masked_fill(~mask, IGNORE)
    return F.cross_entropy(scores.reshape(-1, scores.shape[-1]), gold.reshape(-1), ignore_index=IGNORE)


def batches(sentences, size, rng):
    order = sorted(sentences, key=lambda s: len(s.words) + 6 * rng.random())
    chunks = [order[i:i + size] for i in range(0, len(order), size)]
    rng.shuffle(chunks)
    return chunks


def optimiser(net, lr, head_lr):
    plain = lambda n: n.endswith("bias") or "norm" in n
    groups = []
    for encoder in (True, False):
        for flat in (True, False):
            ps = [p for n, p in net.named_parameters() if p.requires_grad and n.startswith("encoder") == encoder and plain(n) == flat]
            groups.append({"params": ps, "lr": lr if encoder else head_lr, "weight_decay": 0.0 if flat else 0.01})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6)


def step_loss(net, kind, batch, pieces, rng):
    x = collate(batch, pieces)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        h = net.encoder(x["ids"], x["mask"])
    h = h.float()
    w = h.gather(1, x["first"][:, :, None].expand(-1, -1, h.shape[-1]))
    mask = x["word_mask"]
    m = mask.float()[:, :, None]
    sent = (w * m).sum(1) / m.sum(1).clamp(min=1)
    drop = F.dropout(w, 0.1)
    tags = lambda name: net.tags[name](drop)
    if kind == "corpus":
        loss = tag_loss(tags("mention"), batch, "mention", L.MENTION, mask) * 1.5 + tag_loss(tags("predicate"), batch, "predicate", L.PREDICATE, mask) * 1.5
        loss = loss + 0.5 * tag_loss(tags("condition"), batch, "condition", L.CONDITION, mask)
        return loss + event_loss(net, w, sent, mask, batch, rng) + link_loss(net, w, batch) + 0.5 * kin_loss(net, w, batch)
    if kind == "pair":
        return pair_loss(net, w, sent, mask, batch)
    loss = tag_loss(tags("upos"), batch, "upos", L.UPOS, mask) + arc_loss(net, w, h[:, 0], batch, mask)
    return 0.5 * (loss + tag_loss(tags("ner"), batch, "ner", L.NER, mask))


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=pathlib.Path, help="folder with the sets that may not be in the repository")
    a.add_argument("--out", type=pathlib.Path, help="where the weights go")
    a.add_argument("--chancery", help="the built command, for its tokeniser (target/release/chancery)")
    a.add_argument("--fold", type=int, help="leave this fold of the relations out and score it")
    a.add_argument("--all", action="store_true", help="train on our dev split too (for the shipped weights, after all choices are made)")
    a.add_argument("--epochs", type=int, default=12)
    a.add_argument("--syntax", type=int, default=1800, help="UD sentences per epoch (0 = none)")
    a.add_argument("--lr", type=float, default=1.5e-4)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--threads", type=int, default=2)
    a.add_argument("--no-plv", action="store_true", help="ablation: without the relations set")
    a.add_argument("--share", type=float, default=1.0, help="share of our invented sentences that an epoch sees (real ones are always seen)")
    a.add_argument("--pairs", type=int, default=1200, help="actor pairs of our corpus per epoch")
    a.add_argument("--from", dest="start", type=pathlib.Path, help="go on from this checkpoint (.pt)")
    o = a.parse_args()
    torch.manual_seed(o.seed); torch.set_num_threads(o.threads)
    rng = random.Random(o.seed)
    pieces = WordPieces()
    parts = D.split(D.corpus(D.corpus_files(), o.chancery))
    have = lambda name: o.data and (o.data / name).exists()
    ours = parts["train"] + (parts["dev"] if o.all else [])
    real = []
    if have("open_texts.jsonl"): real = D.standoff("open.jsonl", o.data / "open_texts.jsonl", o.chancery)
    use_plv = have("relations_plv.jsonl") and not o.no_plv
    relations = D.plv(o.data / "relations_plv.jsonl", o.chancery) if use_plv else []
    if use_plv: real = real + D.standoff("plv.jsonl", o.data / "relations_plv.jsonl", o.chancery, lambda row: row["fold"] == o.fold)
    seen = [s for r, s in relations if r["fold"] != o.fold]
    held = [(r, s) for r, s in relations if r["fold"] == o.fold]
    ud = []
    if o.syntax and have("ud_english_ewt"):
        ud = D.with_ner(D.conllu(o.data / "ud_english_ewt/train.conllu"), o.data / "uner_english_ewt/train.iob2")
        ud = [s for s in ud if 3 <= len(s.words) <= 60]
    print(f"{len(ours)} sentences of ours, {len(real)} real ones, {len(seen)} relations, {len(ud)} UD sentences", flush=True)
    net = Chancery()
    if o.start: net.load_state_dict(torch.load(o.start))
    opt = optimiser(net, o.lr, 1e-3)
    def pairs():
        own = list(pair_items(ours + (real if not seen else []), rng))
        return seen + rng.sample(own, min(o.pairs, len(own)))
    plan = lambda: [("corpus", b) for b in batches(rng.sample(ours, int(o.share * len(ours))) + real, 16, rng)] + [("pair", b) for b in batches(pairs(), 16, rng)] + \
        [("ud", b) for b in (batches(rng.sample(ud, o.syntax), 24, rng) if ud else [])]
    total = len(plan()) * o.epochs
    shape = lambda i: min(i / (0.08 * total), max(0.0, (total - i) / (0.92 * total)))
    schedule = torch.optim.lr_scheduler.LambdaLR(opt, lambda i: shape(i + 1))
    started, mean = time.time(), {}
    for epoch in range(o.epochs):
        net.train()
        steps = plan(); rng.shuffle(steps)
        for kind, batch in steps:
            loss = step_loss(net, kind, batch, pieces, rng)
            opt.zero_grad(); loss.backward()
            torch.nn.utils.clip_grad_norm_([p for p in net.parameters() if p.requires_grad], 1.0)
            opt.step(); schedule.step()
            mean[kind] = 0.98 * mean.get(kind, loss.item()) + 0.02 * loss.item()
        print(f"epoch {epoch + 1}: " + ", ".join(f"{k} {v:.3f}" for k, v in sorted(mean.items())) + f", {time.time() - started:.0f} s", flush=True)
        if o.out: torch.save(net.state_dict(), o.out.with_suffix(".pt"))
        if (epoch + 1) % 4 == 0 or epoch + 1 == o.epochs:
            net.eval()
            print("dev:", evaluate(net, parts["dev"], pieces), flush=True)
            if held: print(f"fold {o.fold}:", relation_scores(net, held, pieces), flush=True)
            if ud:
                dev = D.with_ner(D.conllu(o.data / "ud_english_ewt/dev.conllu"), o.data / "uner_english_ewt/dev.iob2")
                print("EWT dev:", syntax_scores(net, dev, pieces), flush=True)
    print("test:", evaluate(net, parts["test"], pieces), flush=True)
    if o.out:
        from export import export
        export(net, o.out, {"seed": str(o.seed), "epochs": str(o.epochs)})


if __name__ == "__main__":
    sys.exit(main())
