"""Scores of the network on held-out sentences (the Rust `chancery eval` gives the figures that count)."""
import collections, itertools

import torch

import labels as L
from model import collate, link_inputs, link_items, tensors

TIERS = {"mention": L.MENTION, "predicate": L.PREDICATE}


def decode(tags):
    """BIO tags -> {(first, last+1, kind)}; an I without B opens a span."""
    out, start, kind = [], None, None
    for i, t in enumerate(tags + ["O"]):
        if start is not None and (t[0] != "I" or t[2:] != kind):
            out.append((start, i, kind)); start = None
        if t[0] == "B" or (t[0] == "I" and start is None):
            start, kind = i, t[2:]
    return out


def f1(tp, n_pred, n_gold):
    return 100 * 2 * tp / max(1, n_pred + n_gold)


def macro(gold, pred):
    names = sorted(set(gold))
    return 100 * sum(f1(sum(g == p == n for g, p in zip(gold, pred)), pred.count(n), gold.count(n)) / 100 for n in names) / len(names)


@torch.no_grad()
def chunks(net, sentences, pieces):
    for i in range(0, len(sentences), 32):
        part = sentences[i:i + 32]
        yield part, *net.words(tensors(collate(part, pieces)))


def kin_odds(net, w, b, s, who):
    """Log odds of the pairs `who` of `s`, row `b` of the batch, that the second mention tells the country of the first."""
    at, kinds = torch.tensor([m[:2] for m in s.mentions]), torch.tensor([L.KINDS.index(m[2]) for m in s.mentions])
    first, second = torch.tensor([i for i, _, _ in who]), torch.tensor([j for _, j, _ in who])
    return net.kins(w, torch.full((len(who),), b), at[first], at[second], torch.stack([kinds[first], kinds[second]], 1)).tolist()


def evaluate(net, sentences, pieces):
    n = collections.Counter()
    quiet = false = 0
    with torch.no_grad():
        for part, w, sent, mask, _ in chunks(net, sentences, pieces):
            tags = {t: net.tags[t](w).argmax(-1) for t in ("mention", "predicate", "condition")}
            for b, s in enumerate(part):
                k = len(s.words)
                found = set(decode([L.MENTION[i] for i in tags["mention"][b, :k]]))
                n["m_tp"] += len(found & set(s.mentions)); n["m_p"] += len(found); n["m_g"] += len(s.mentions)
                n["mu_tp"] += len({x[:2] for x in found} & {x[:2] for x in s.mentions})
                preds = decode([L.PREDICATE[i] for i in tags["predicate"][b, :k]])
                gold = {p["span"]: p for p in s.preds}
                events = [p for p in preds if p[2] in ("event", "both")]
                cues = [p for p in preds if p[2] in ("cue", "both")]
                got = []
                if events:
                    out = net.events(w, sent, mask, torch.full((len(events),), b), torch.tensor([p[:2] for p in events]))
                    types = out["kind"].softmax(-1).argmax(-1)
                    status = out["status"].argmax(-1)
                    got = [(p[:2], L.TYPES[t], L.STATUSES[x]) for p, t, x in zip(events, types, status) if L.TYPES[t] != "NONE"]
                real = [p for p in s.preds if p["type"] not in (None, "NONE")]
                n["e_p"] += len(got); n["e_g"] += len(real); n["c_p"] += len(cues); n["c_g"] += sum(p["cue"] for p in s.preds)
                n["c_tp"] += sum(any(p["cue"] and p["span"][0] < c[1] and c[0] < p["span"][1] for p in s.preds) for c in cues)
                for p in real:
                    hit = [g for g in got if g[0][0] < p["span"][1] and p["span"][0] < g[0][1]]
                    n["t_tp"] += bool(hit)
                    n["e_tp"] += any(g[1] == p["type"] for g in hit)
                    if hit: n["s_n"] += 1; n["s_tp"] += hit[0][2] == p["status"]
                if not real: quiet += 1; false += len(got)
                if who := s.kin():
                    for (_, _, g), x in zip(who, kin_odds(net, w, b, s, who)):
                        n["k_tp"] += g and x > 0; n["k_p"] += x > 0; n["k_g"] += g
            items = list(link_items(part))
            if items:
                o = net.links(w, *map(torch.as_tensor, link_inputs(items, part)))
                for (_, p, j, _), r, x in zip(items, o["role"].argmax(-1), o["speech"].argmax(-1)):
                    g, h, r, x = p["roles"].get(j, "-"), p["speech"].get(j, "-"), L.ROLES[r], L.SPEECH[x]
                    n["r_tp"] += g == r != "-"; n["r_p"] += r != "-"; n["r_g"] += g != "-"
                    n["x_tp"] += h == x != "-"; n["x_p"] += x != "-"; n["x_g"] += h != "-"
                sure = o["role"].argmax(-1)
                for _, of in itertools.groupby(zip(items, sure.tolist()), lambda i: i[0][3]):
                    of = list(of); p = of[0][0][1]
                    if p["type"] not in (None, "NONE"):
                        n["d_n"] += 1
                        n["d_tp"] += all((L.ROLES[r] == role) == (p["roles"].get(i[2], "-") == role) for i, r in of for role in ("act", "rec"))
    return (f"mention {f1(n['m_tp'], n['m_p'], n['m_g']):.1f} (span {f1(n['mu_tp'], n['m_p'], n['m_g']):.1f}), trigger {f1(n['t_tp'], n['e_p'], n['e_g']):.1f}, "
            f"event {f1(n['e_tp'], n['e_p'], n['e_g']):.1f}, status {100 * n['s_tp'] / max(1, n['s_n']):.1f}, cue {f1(n['c_tp'], n['c_p'], n['c_g']):.1f}, "
            f"role {f1(n['r_tp'], n['r_p'], n['r_g']):.1f} (both sides of an event {100 * n['d_tp'] / max(1, n['d_n']):.1f}), speaker {f1(n['x_tp'], n['x_p'], n['x_g']):.1f}, "
            f"kin {f1(n['k_tp'], n['k_p'], n['k_g']):.1f}, false events per 100 quiet sentences {100 * false / max(1, quiet):.1f} (n={quiet})")


def country_scores(net, sentences, pieces):
    """Of the mentions whose country another one of the sentence tells, the share tied most to one of it, as the reader ties them."""
    right = all_ = 0
    with torch.no_grad():
        for part, w, _, _, _ in chunks(net, sentences, pieces):
            for b, s in enumerate(part):
                who = s.kin()
                if not who: continue
                told = collections.defaultdict(lambda: collections.defaultdict(list))
                for (i, j, _), x in zip(who, kin_odds(net, w, b, s, who)):
                    for c in s.countries[j]: told[i][c].append(max(-9.2, min(9.2, x)))
                for i, countries in told.items():
                    if not countries.keys() & s.countries[i]: continue
                    score = {c: max(v) / 2 + sum(v) / len(v) for c, v in countries.items()}
                    all_ += 1; right += max(score, key=score.get) in s.countries[i]
    return f"{100 * right / max(1, all_):.1f} (n={all_})"


def relation_scores(net, held, pieces):
    gold, pred, gq, pq = [], [], [], []
    quad = {**L.QUAD, "YIELD": 2}
    with torch.no_grad():
        for i in range(0, len(held), 32):
            rows = held[i:i + 32]
            w, sent, mask, _ = net.words(tensors(collate([s for _, s in rows], pieces)))
            side = lambda k: torch.tensor([s.pair[k] or (-1, -1) for _, s in rows])
            p = net.pairs(w, sent, mask, torch.arange(len(rows)), side(0), side(1)).softmax(-1)
            for (r, _), x in zip(rows, p):
                names = dict(zip(L.ROOTS, x.tolist())); names.pop("NONE")
                names["YIELD"] = names.pop("CONCEDE") + names.pop("RETREAT")
                best = max(names, key=names.get)
                quads = collections.Counter()
                for k, v in names.items(): quads[quad[k]] += v
                gold.append(r["root"]); pred.append(best); gq.append(r["quad"]); pq.append(quads.most_common(1)[0][0])
    return f"root macro-F1 {macro(gold, pred):.1f}, quad macro-F1 {macro(gq, pq):.1f}, root acc {100 * sum(g == p for g, p in zip(gold, pred)) / len(gold):.1f} (n={len(gold)})"


def syntax_scores(net, sentences, pieces):
    n = collections.Counter()
    with torch.no_grad():
        for part, w, _, mask, root in chunks(net, [s for s in sentences if len(s.words) <= 120], pieces):
            ok = torch.cat([torch.ones_like(mask[:, :1]), mask], 1)
            heads = net.arcs(w, root).masked_fill(~ok[:, None], -1e4).argmax(-1)
            upos, ner = net.tags["upos"](w).argmax(-1), net.tags["ner"](w).argmax(-1)
            for b, s in enumerate(part):
                for i in range(len(s.words)):
                    n["n"] += 1; n["uas"] += int(heads[b, i]) == s.heads[i]; n["upos"] += L.UPOS[upos[b, i]] == s.upos[i]
                if s.ner:
                    g, p = set(decode(s.ner)), set(decode([L.NER[i] for i in ner[b, : len(s.words)]]))
                    n["tp"] += len(g & p); n["p"] += len(p); n["g"] += len(g)
    return f"UPOS {100 * n['upos'] / n['n']:.1f}, UAS {100 * n['uas'] / n['n']:.1f} (greedy), NER {f1(n['tp'], n['p'], n['g']):.1f}"
