#!/usr/bin/env python3
"""Train chancery's network and write its weights.

    python3 training/train.py --data FOLDER --out RAW.bin        # one run; shipped.py strings the runs of the shipped weights together
    python3 training/train.py --out RAW.bin                      # our corpus alone

`FOLDER` may hold `open_texts.jsonl`, `relations_plv.jsonl`, `ud_english_ewt/` and `uner_english_ewt/`; each is used if it is there.
`--fold K` leaves fold K of the relations out, pairs and sentences alike, and prints the scores on it. Seeded; prints the scores on our own dev split."""
import argparse, gc, pathlib, pickle, random, re, sys, time

import torch
from torch.nn import functional as F

import data as D
import labels as L
from batch import arrays, epochs, packed, unpacked
from export import export, restored
from model import Chancery, Cloze, WordPieces
from score import country_scores, evaluate, relation_scores, syntax_scores
from taught import give, part_of, say
from vary import Cast
from windows import documents, windows


def match(logits, target):
    """Cross entropy to the shares `target`, over the rows that have one."""
    target = target.float()
    return -(target * logits.log_softmax(-1)).sum() / target.sum().clamp(min=1)


def event_loss(net, w, sent, mask, x):
    if "event.rows" not in x: return w.sum() * 0
    out = net.events(w, sent, mask, x["event.rows"], x["event.spans"])
    part = lambda head: match(out[head], x[f"event.{head}"])
    loss = part("kind") + 0.5 * part("mode") + 0.7 * part("status") + 0.4 * part("ledger") + 0.4 * part("ledger_status")
    rows = x["event.political"]
    return loss + (4 * F.binary_cross_entropy_with_logits(out["context"][rows], x["event.context"].float()) if len(rows) else 0)


def link_loss(net, w, x):
    if "link.0" not in x: return w.sum() * 0
    out = net.links(w, *(x[f"link.{i}"] for i in range(7)))
    return match(out["role"], x["link.role"]) + match(out["speech"], x["link.speech"])


def kin_loss(net, w, x):
    """Whether one mention tells another's country, pair by pair; and which country all of them together tell."""
    if "kin.0" not in x: return w.sum() * 0
    out = net.kins(w, *(x[f"kin.{i}"] for i in range(4)))
    each = F.binary_cross_entropy_with_logits(out, x["kin.same"])
    groups, near, of, right, untold = (x[f"kin.{name}"] for name in ("group", "near", "of", "right", "untold"))
    sure = out.clamp(-9.2, 9.2)[x["kin.told"]]
    zeros = sure.new_zeros(len(of))
    most = zeros.scatter_reduce(0, groups, sure, "amax", include_self=False)
    mean = zeros.index_add(0, groups, sure * near) / zeros.index_add(0, groups, near)
    score = (most / 2 + mean).exp()
    none = sure.new_zeros(len(untold))
    good = none.index_add(0, of[right], score[right])
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


def pair_loss(net, w, sent, mask, x):
    out = net.pairs(w, sent, mask, torch.arange(len(w), device=w.device), x["pair.source"], x["pair.target"])
    return -out.log_softmax(-1).masked_fill(~x["pair.root"], -1e4).logsumexp(-1).mean()


def cloze_loss(cloze, w, x):
    """How well the first pieces of hidden words are guessed."""
    if "cloze" not in x: return w.sum() * 0
    rows, words, gold = x["cloze"].unbind(1)
    return F.cross_entropy(cloze(w[rows, words]), gold)


def arc_loss(net, w, root, mask, x):
    scores = net.arcs(w, root)
    ok = torch.cat([torch.ones_like(mask[:, :1]), mask], 1)
    scores = scores.masked_fill(~ok[:, None], -1e4)
    return F.cross_entropy(scores.reshape(-1, scores.shape[-1]), x["heads"].reshape(-1))


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
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=True)


def step_loss(net, cloze, kind, x):
    # processors without such products are twenty times slower in half precision, those with them two and a half times faster
    halves = x["ids"].is_cuda or torch.cpu.get_capabilities().get("avx512_bf16", False)
    with torch.autocast(x["ids"].device.type, dtype=torch.bfloat16, enabled=halves):
        h = net.encoder(x["ids"], x["mask"], x["capitals"])
    h = h.float()
    w = h.gather(1, x["first"][:, :, None].expand(-1, -1, h.shape[-1]))
    mask = x["word_mask"]
    m = mask.float()[:, :, None]
    sent = (w * m).sum(1) / m.sum(1).clamp(min=1)
    drop = F.dropout(w, 0.1)
    tags = lambda name: match(net.tags[name](drop), x[f"tag.{name}"])
    if kind == "corpus":
        loss = 1.5 * tags("mention") + 1.5 * tags("predicate") + 0.5 * tags("condition")
        loss = loss + event_loss(net, w, sent, mask, x) + link_loss(net, w, x) + 0.5 * kin_loss(net, w, x)
        return loss + 0.3 * cloze_loss(cloze, w, x)
    if kind == "pair":
        return pair_loss(net, w, sent, mask, x)
    return 0.5 * (tags("upos") + arc_loss(net, w, h[:, 0], mask, x) + tags("ner") + tags("predicate"))


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=pathlib.Path, help="folder with the sets that may not be in the repository")
    a.add_argument("--text", type=pathlib.Path, help="file that keeps all sentences as read, for the next run")
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
    a.add_argument("--workers", type=int, default=0, help="processes that make the batches, beside the one that learns")
    a.add_argument("--no-plv", action="store_true", help="ablation: without the relations set")
    a.add_argument("--share", type=float, default=1.0, help="share of our invented documents that an epoch sees (real ones are always seen)")
    a.add_argument("--new", default="$", help="regular expression of the names of documents that every epoch sees, too")
    a.add_argument("--pairs", type=int, default=1200, help="actor pairs of our corpus per epoch")
    a.add_argument("--steps", type=int, help="no more steps an epoch, to see that it runs")
    a.add_argument("--only-pairs", action="store_true", help="learn from actor pairs alone")
    a.add_argument("--unscored", action="store_true", help="no scores at the end")
    a.add_argument("--from", dest="start", type=pathlib.Path, help="go on from this checkpoint (.pt) or weights file")
    a.add_argument("--leave", metavar="K/N", help="leave this part of the documents out and write what the network then says of them beside --out (.soft)")
    a.add_argument("--soft", type=pathlib.Path, nargs="+", default=[], help="what networks say of documents that they have not seen (.soft)")
    a.add_argument("--soft-share", type=float, default=0.4, help="what that counts beside the gold labels")
    o = a.parse_args()
    torch.manual_seed(o.seed); torch.set_num_threads(o.threads); torch.set_float32_matmul_precision("high")
    rng = random.Random(o.seed)
    pieces = WordPieces()
    text = D.texts(o.data, o.chancery, o.text)
    ours, real, ud = text["train"] + (text["dev"] if o.all else []), list(text["real"]), text["ud"] if o.syntax else []
    left = []
    if o.leave:
        k, n = map(int, o.leave.split("/"))
        left, ours = [s for s in ours if part_of(s, n) == k], [s for s in ours if part_of(s, n) != k]
    seen, held = [], []
    if not o.no_plv:
        for k, sentences in text["plv"].items(): real += sentences if k != o.fold else []
        seen, held = [s for r, s in text["relations"] if r["fold"] != o.fold], [(r, s) for r, s in text["relations"] if r["fold"] == o.fold]
    told = give(ours, o.soft)
    print(f"{len(ours)} sentences of ours, {told} of them told by others, {len(real)} real ones, {len(seen)} relations, {len(ud)} UD sentences", flush=True)
    cast, docs, always = Cast(ours), documents(ours), documents(real)
    is_new = lambda doc: re.match(o.new, doc[0].group)
    docs, always = [d for d in docs if not is_new(d)], always + [d for d in docs if is_new(d)]
    own = list(pair_items(ours + (real if not seen else []), rng))
    gc.freeze()  # the sentences stay: there is no need to look through them again
    def steps(epoch):
        """(how far the run is, kind, arrays) of each step of an epoch."""
        rng = random.Random(f"{o.seed} {epoch}")
        parts = {"pair": seen + rng.sample(own, min(o.pairs, len(own)))}
        if not o.only_pairs:
            parts |= {"corpus": list(windows(rng.sample(docs, int(o.share * len(docs))) + always, rng)), "ud": rng.sample(ud, min(o.syntax, len(ud)))}
        plan = [(kind, b) for kind, sentences in parts.items() for b in batches(sentences if kind == "ud" else cast.some(sentences, rng), o.batch, rng)]
        rng.shuffle(plan); plan = plan[:o.steps]
        for i, (kind, batch) in enumerate(plan):
            yield (epoch + (i + 1) / len(plan)) / o.epochs, kind, packed(arrays(kind, batch, pieces, rng, o.soft_share if told else 0))
    feed = epochs(o.epochs, steps, o.workers)
    net = (restored(o.start) if o.start else Chancery()).to(o.device)
    cloze = Cloze(net.encoder.word.weight.detach()).to(o.device)
    opt = optimiser([net, cloze], o.lr, 1e-3)
    shape = lambda done: min(done / 0.08, (1 - done) / 0.92)
    rates = [g["lr"] for g in opt.param_groups]
    trained = [p for p in net.parameters() if p.requires_grad]
    started, mean = time.time(), {}
    for epoch, part in enumerate(feed):
        net.train()
        for done, kind, arrived in part:
            loss = step_loss(net, cloze, kind, unpacked(*arrived, o.device))
            opt.zero_grad(); loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            for group, rate in zip(opt.param_groups, rates): group["lr"] = rate * shape(done)
            opt.step()
            mean[kind] = 0.98 * mean.get(kind, loss.detach()) + 0.02 * loss.detach()
        print(f"epoch {epoch + 1}: " + ", ".join(f"{k} {v.item():.3f}" for k, v in sorted(mean.items())) + f", {time.time() - started:.0f} s", flush=True)
        if o.out: torch.save(net.state_dict(), o.out.with_suffix(".pt"))
    net.eval()
    if left: o.out.with_suffix(".soft").write_bytes(pickle.dumps(say(net, left, pieces, o.device)))
    if not o.unscored:
        with torch.device(o.device):
            print("dev:", evaluate(net, text["dev"], pieces), flush=True)
            print("dev, countries:", country_scores(net, text["dev"], pieces), flush=True)
            if held: print(f"fold {o.fold}:", relation_scores(net, held, pieces), flush=True)
            if ud: print("EWT dev:", syntax_scores(net, text["ud dev"], pieces), flush=True)
            print("test:", evaluate(net, text["test"], pieces), flush=True)
    if o.out: export(net, o.out, {"seed": str(o.seed), "epochs": str(o.epochs)})


if __name__ == "__main__":
    sys.exit(main())
