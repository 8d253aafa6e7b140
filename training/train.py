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
from model import Chancery, Cloze, WordPieces, collate, link_inputs, link_items
from score import country_scores, evaluate, relation_scores, syntax_scores
from vary import Cast
from windows import documents, windows

IGNORE = -100


def ids(tags, names, width):
    return [IGNORE if t is None else names.index(t) for t in tags] + [IGNORE] * (width - len(tags))


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
        for i in rng.sample(free, min(2 * s.sentences(), len(free))):
            yield b, (i, i + 1), dict(type="NONE", mode="-", status=None, contexts=[], ledger="-")


def event_loss(net, w, sent, mask, sentences, rng):
    items = list(event_items(sentences, rng))
    if not items: return w.sum() * 0
    out = net.events(w, sent, mask, torch.tensor([i[0] for i in items]), spans([i[1] for i in items]))
    def part(head, gold):
        gold = torch.tensor(gold)
        return F.cross_entropy(out[head], gold, ignore_index=IGNORE, reduction="sum") / (gold != IGNORE).sum().clamp(min=1)
    number = lambda key, names: [names.index(p[key]) if p[key] is not None else IGNORE for _, _, p in items]
    loss = part("kind", number("type", L.TYPES)) + 0.5 * part("mode", number("mode", L.MODES)) + 0.7 * part("status", number("status", L.STATUSES))
    loss = loss + 0.4 * part("ledger", [L.LEDGERS.index((p["ledger"] or "-").split("/")[0]) for _, _, p in items])
    loss = loss + 0.4 * part("ledger_status", [L.LEDGER_STATUSES.index(p["ledger"] or "-") for _, _, p in items])
    ctx = torch.tensor([[float(c in (p["contexts"] or [])) for c in L.CONTEXTS] for _, _, p in items])
    rows = torch.tensor([p["type"] not in (None, "NONE") for _, _, p in items])
    if rows.any(): loss = loss + 4 * F.binary_cross_entropy_with_logits(out["context"][rows], ctx[rows])
    return loss


def link_loss(net, w, sentences):
    items = list(link_items(sentences))
    if not items: return w.sum() * 0
    out = net.links(w, *link_inputs(items, sentences))
    part = lambda head, key, names: F.cross_entropy(out[head], torch.tensor([names.index(p[key].get(j, "-")) for _, p, j, _ in items]))
    return part("role", "roles", L.ROLES) + part("speech", "speech", L.SPEECH)


def kin_loss(net, w, sentences):
    """Whether one mention tells another's country, pair by pair; and which country all of them together tell (`together` of crates/chancery/src/coref/country.rs)."""
    items = [(b, i, j, same) for b, s in enumerate(sentences) for i, j, same in s.kin()]
    if not items: return w.sum() * 0
    at = lambda k: spans([sentences[i[0]].mentions[i[k]][:2] for i in items])
    kinds = torch.tensor([[L.KINDS.index(sentences[b].mentions[x][2]) for x in (i, j)] for b, i, j, _ in items])
    out = net.kins(w, torch.tensor([i[0] for i in items]), at(1), at(2), kinds)
    each = F.binary_cross_entropy_with_logits(out, torch.tensor([float(i[3]) for i in items]))
    who, told, rows, groups, near, of, right = {}, {}, [], [], [], [], []
    for k, (b, i, j, _) in enumerate(items):
        s = sentences[b]
        m = who.setdefault((b, i), len(who))
        for c in s.countries[j]:
            if (m, c) not in told:
                told[m, c] = len(told); of.append(m); right.append(c in s.countries[i])
            rows.append(k); groups.append(told[m, c]); near.append(1 / (1 + s.part[i] - s.part[j]) if s.part else 1.0)
    rows, groups, near, of, right = torch.tensor(rows), torch.tensor(groups), torch.tensor(near), torch.tensor(of), torch.tensor(right)
    sure = out.clamp(-9.2, 9.2)[rows]
    zeros = torch.zeros(len(told))
    most = zeros.scatter_reduce(0, groups, sure, "amax", include_self=False)
    mean = zeros.index_add(0, groups, sure * near) / zeros.index_add(0, groups, near)
    score = (most / 2 + mean).exp()
    none = torch.zeros(len(who))
    good = none.index_add(0, of[right], score[right])
    untold = none.index_add(0, of, right.float()) == 0
    return each - (torch.where(untold, 1.0, good).log() - (1 + none.index_add(0, of, score)).log()).mean() / 2


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
    gold = torch.tensor([c if s.pair[2] == "YIELD" else L.ROOTS.index(s.pair[2]) for s in sentences])
    either = torch.tensor([s.pair[2] == "YIELD" for s in sentences])
    each = logp.gather(1, gold[:, None])[:, 0]
    return -torch.where(either, torch.logaddexp(logp[:, c], logp[:, r]), each).mean()


def cloze_loss(cloze, w, sentences, pieces):
    """How well the first pieces of hidden words are guessed; names, which nobody can guess, left out."""
    items = [(b, k, pieces.word(word)[0]) for b, s in enumerate(sentences) for k, word in s.hidden if word.islower()]
    if not items: return w.sum() * 0
    rows, words, gold = torch.tensor(items).unbind(1)
    return F.cross_entropy(cloze(w[rows, words]), gold)


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


def optimiser(nets, lr, head_lr):
    plain = lambda n: n.endswith("bias") or "norm" in n
    named = [x for net in nets for x in net.named_parameters() if x[1].requires_grad]
    groups = []
    for encoder in (True, False):
        for flat in (True, False):
            ps = [p for n, p in named if n.startswith("encoder") == encoder and plain(n) == flat]
            groups.append({"params": ps, "lr": lr if encoder else head_lr, "weight_decay": 0.0 if flat else 0.01})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6)


def step_loss(net, cloze, kind, batch, pieces, rng):
    x = collate(batch, pieces)
    gpu = x["ids"].is_cuda  # most processors are twenty times slower in half precision
    with torch.autocast(x["ids"].device.type, dtype=torch.bfloat16, enabled=gpu):
        h = net.encoder(x["ids"], x["mask"], x["capitals"])
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
        loss = loss + event_loss(net, w, sent, mask, batch, rng) + link_loss(net, w, batch) + 0.5 * kin_loss(net, w, batch)
        return loss + 0.3 * cloze_loss(cloze, w, batch, pieces)
    if kind == "pair":
        return pair_loss(net, w, sent, mask, batch)
    loss = tag_loss(tags("upos"), batch, "upos", L.UPOS, mask) + arc_loss(net, w, h[:, 0], batch, mask)
    return 0.5 * (loss + tag_loss(tags("ner"), batch, "ner", L.NER, mask) + tag_loss(tags("predicate"), batch, "predicate", L.PREDICATE, mask))


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
    a.add_argument("--batch", type=int, default=16, help="windows, pairs or sentences a step")
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--device", default="cpu", help="cpu or cuda")
    a.add_argument("--threads", type=int, default=2)
    a.add_argument("--no-plv", action="store_true", help="ablation: without the relations set")
    a.add_argument("--share", type=float, default=1.0, help="share of our invented documents that an epoch sees (real ones are always seen)")
    a.add_argument("--pairs", type=int, default=1200, help="actor pairs of our corpus per epoch")
    a.add_argument("--unscored", action="store_true", help="no scores at the end")
    a.add_argument("--from", dest="start", type=pathlib.Path, help="go on from this checkpoint (.pt)")
    o = a.parse_args()
    torch.manual_seed(o.seed); torch.set_num_threads(o.threads); torch.set_default_device(o.device)
    rng = random.Random(o.seed)
    pieces = WordPieces()
    parts = D.split(D.corpus(D.corpus_files(), o.chancery))
    have = lambda name: o.data and (o.data / name).exists()
    ours = parts["train"] + (parts["dev"] if o.all else [])
    real = []
    for labels, name in (("open.jsonl", "open_texts.jsonl"), ("ewt.jsonl", "ud_english_ewt/train.conllu")):
        if have(name): real += D.standoff(labels, D.store.rows(o.data / name), o.chancery)
    use_plv = have("relations_plv.jsonl") and not o.no_plv
    relations = D.plv(o.data / "relations_plv.jsonl", o.chancery) if use_plv else []
    if use_plv: real += D.standoff("plv.jsonl", [r for r, _ in relations if r["fold"] != o.fold], o.chancery)
    seen = [s for r, s in relations if r["fold"] != o.fold]
    held = [(r, s) for r, s in relations if r["fold"] == o.fold]
    ud = []
    if o.syntax and have("ud_english_ewt"):
        ud = D.with_ner(D.conllu(o.data / "ud_english_ewt/train.conllu"), o.data / "uner_english_ewt/train.iob2")
        ud = [s for s in ud if 3 <= len(s.words) <= 60]
    print(f"{len(ours)} sentences of ours, {len(real)} real ones, {len(seen)} relations, {len(ud)} UD sentences", flush=True)
    read = lambda path: torch.load(path, map_location=o.device)
    net = Chancery().to(o.device)
    if o.start: net.load_state_dict(read(o.start))
    cloze = Cloze(net.encoder.word.weight.detach()).to(o.device)
    opt, cast, docs, real_docs = optimiser([net, cloze], o.lr, 1e-3), Cast(ours), documents(ours), documents(real)
    def pairs():
        own = list(pair_items(ours + (real if not seen else []), rng))
        return seen + rng.sample(own, min(o.pairs, len(own)))
    def plan():
        some = rng.sample(docs, int(o.share * len(docs)))
        parts = {"corpus": list(windows(some + real_docs, rng)), "pair": pairs(), "ud": rng.sample(ud, min(o.syntax, len(ud)))}
        return [(kind, b) for kind, sentences in parts.items() for b in batches(sentences if kind == "ud" else cast.some(sentences, rng), o.batch, rng)]
    total = len(plan()) * o.epochs
    shape = lambda i: min(i / (0.08 * total), max(0.0, (total - i) / (0.92 * total)))
    schedule = torch.optim.lr_scheduler.LambdaLR(opt, lambda i: shape(i + 1))
    started, mean = time.time(), {}
    for epoch in range(o.epochs):
        net.train()
        steps = plan(); rng.shuffle(steps)
        for kind, batch in steps:
            loss = step_loss(net, cloze, kind, batch, pieces, rng)
            opt.zero_grad(); loss.backward()
            torch.nn.utils.clip_grad_norm_([p for p in net.parameters() if p.requires_grad], 1.0)
            opt.step(); schedule.step()
            mean[kind] = 0.98 * mean.get(kind, loss.detach()) + 0.02 * loss.detach()
        print(f"epoch {epoch + 1}: " + ", ".join(f"{k} {v.item():.3f}" for k, v in sorted(mean.items())) + f", {time.time() - started:.0f} s", flush=True)
        if o.out: torch.save(net.state_dict(), o.out.with_suffix(".pt"))
        if epoch + 1 == o.epochs and not o.unscored:
            net.eval()
            print("dev:", evaluate(net, parts["dev"], pieces), flush=True)
            print("dev, countries:", country_scores(net, parts["dev"], pieces), flush=True)
            if held: print(f"fold {o.fold}:", relation_scores(net, held, pieces), flush=True)
            if ud:
                dev = D.with_ner(D.conllu(o.data / "ud_english_ewt/dev.conllu"), o.data / "uner_english_ewt/dev.iob2")
                print("EWT dev:", syntax_scores(net, dev, pieces), flush=True)
    net.eval()
    if not o.unscored: print("test:", evaluate(net, parts["test"], pieces), flush=True)
    if o.out:
        from export import export
        export(net, o.out, {"seed": str(o.seed), "epochs": str(o.epochs)})


if __name__ == "__main__":
    sys.exit(main())
