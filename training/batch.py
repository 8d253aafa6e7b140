"""Sentences -> the arrays that one training step needs, so that a few processes can make them while the network learns from the ones before.

A target is a share for each label, zeros where nothing is taught: the gold label, or beside it what a network says that has not seen the document (`taught.py`)."""
import math, multiprocessing

import numpy as np
import torch

import labels as L
from model import collate, link_inputs, link_items

HEADS = {"kind": L.TYPES, "mode": L.MODES, "status": L.STATUSES, "ledger": L.LEDGERS, "ledger_status": L.LEDGER_STATUSES}
NEVER = dict(type="NONE", mode="-", status=None, contexts=[], ledger="-")


def spans(x):
    return np.array(x, dtype=np.int64).reshape(-1, 2)


def shares(names, gold, soft, share):
    """Targets [N, names] of N labels or None each; `soft` has what a network says of each, or None."""
    out = np.zeros((len(gold), len(names)), dtype=np.float16)
    number = {n: i for i, n in enumerate(names)}
    for i, (g, said) in enumerate(zip(gold, soft)):
        if g is None: continue
        if said is not None and share: out[i] = share * said
        out[i, number[g]] += 1 - share if said is not None else 1
    return out


def tag_targets(sentences, field, names, width, share=0):
    out = np.zeros((len(sentences), width, len(names)), dtype=np.float16)
    number = {n: i for i, n in enumerate(names)}
    for b, s in enumerate(sentences):
        tags = getattr(s, field)
        if not tags: continue
        at = [k for k, t in enumerate(tags) if t is not None]
        out[b, at, [number[tags[k]] for k in at]] = 1
        if share and field in s.soft:
            said = s.soft[field]
            has = np.flatnonzero(said[at].sum(-1))
            at = np.array(at)[has]
            out[b, at] = (1 - share) * out[b, at] + share * said[at]
    return out


def event_arrays(sentences, rng, share):
    """Gold predicates and, as hard negatives, two words a sentence that are none."""
    items = []
    for b, s in enumerate(sentences):
        items += [(b, p["span"], p if p["type"] else NEVER, p.get("soft")) for p in s.preds]
        free = [i for i, t in enumerate(s.predicate) if t == "O" and s.words[i].isalpha()]
        items += [(b, (i, i + 1), NEVER, None) for i in rng.sample(free, min(2 * s.sentences(), len(free)))]
    if not items: return {}
    gold = {"kind": [p["type"] for _, _, p, _ in items], "mode": [p["mode"] for _, _, p, _ in items], "status": [p["status"] for _, _, p, _ in items],
            "ledger": [(p["ledger"] or "-").split("/")[0] for _, _, p, _ in items], "ledger_status": [p["ledger"] or "-" for _, _, p, _ in items]}
    said = lambda head: [soft[head] if soft else None for *_, soft in items]
    rows = [k for k, (_, _, p, _) in enumerate(items) if p["type"] not in (None, "NONE")]
    context = np.array([[c in (items[k][2]["contexts"] or []) for c in L.CONTEXTS] for k in rows], dtype=np.float16).reshape(-1, len(L.CONTEXTS))
    return {"event.rows": np.array([i[0] for i in items]), "event.spans": spans([i[1] for i in items]), "event.political": np.array(rows, dtype=np.int64), "event.context": context,
            **{f"event.{head}": shares(names, gold[head], said(head), share) for head, names in HEADS.items()}}


def link_arrays(sentences, share):
    items = list(link_items(sentences))
    if not items: return {}
    said = lambda key: [p[f"soft_{key}"].get(j) if f"soft_{key}" in p else None for _, p, j, _ in items]
    gold = lambda key: [p[key].get(j, "-") for _, p, j, _ in items]
    return {**{f"link.{i}": x for i, x in enumerate(link_inputs(items, sentences))},
            "link.role": shares(L.ROLES, gold("roles"), said("roles"), share), "link.speech": shares(L.SPEECH, gold("speech"), said("speech"), share)}


def kin_arrays(sentences):
    """Pairs of mentions; and which country all that is told of a mention tells together (`together` of crates/chancery/src/coref/country.rs)."""
    items = [(b, i, j, same) for b, s in enumerate(sentences) for i, j, same in s.kin()]
    if not items: return {}
    at = lambda k: spans([sentences[i[0]].mentions[i[k]][:2] for i in items])
    who, told, rows, groups, near, of, right = {}, {}, [], [], [], [], []
    for k, (b, i, j, _) in enumerate(items):
        s = sentences[b]
        m = who.setdefault((b, i), len(who))
        for c in s.countries[j]:
            if (m, c) not in told:
                told[m, c] = len(told); of.append(m); right.append(c in s.countries[i])
            rows.append(k); groups.append(told[m, c]); near.append(1 / (1 + s.part[i] - s.part[j]) if s.part else 1.0)
    right = np.flatnonzero(right)
    untold = np.ones(len(who), dtype=bool); untold[np.array(of)[right]] = False
    kinds = [[L.KINDS.index(sentences[b].mentions[x][2]) for x in (i, j)] for b, i, j, _ in items]
    return {"kin.0": np.array([i[0] for i in items]), "kin.1": at(1), "kin.2": at(2), "kin.3": np.array(kinds), "kin.same": np.array([i[3] for i in items], dtype=np.float32),
            "kin.told": np.array(rows), "kin.group": np.array(groups), "kin.near": np.array(near, dtype=np.float32), "kin.of": np.array(of), "kin.right": right, "kin.untold": untold}


def cloze_arrays(sentences, pieces):
    """The first pieces of hidden words; names, which nobody can guess, left out."""
    items = [(b, k, pieces.word(word)[0]) for b, s in enumerate(sentences) for k, word in s.hidden if word.islower()]
    return {"cloze": np.array(items)} if items else {}


def pair_arrays(sentences):
    side = lambda k: spans([s.pair[k] or (-1, -1) for s in sentences])
    roots = [("CONCEDE", "RETREAT") if s.pair[2] == "YIELD" else (s.pair[2],) for s in sentences]
    return {"pair.source": side(0), "pair.target": side(1), "pair.root": np.array([[r in one for r in L.ROOTS] for one in roots])}


def arrays(kind, sentences, pieces, rng, share=0):
    """All that `train.py` needs for one step: of `corpus` windows, marked `pair`s or `ud` sentences; `share` is what the labels of other networks count."""
    x = collate(sentences, pieces)
    width = x["first"].shape[1]
    tags = lambda field, names, share=0: {f"tag.{field}": tag_targets(sentences, field, names, width, share) * x["word_mask"][..., None]}
    if kind == "pair": return {**x, **pair_arrays(sentences)}
    if kind == "corpus":
        return {**x, **tags("mention", L.MENTION, share), **tags("predicate", L.PREDICATE, share), **tags("condition", L.CONDITION),
                **event_arrays(sentences, rng, share), **link_arrays(sentences, share), **kin_arrays(sentences), **cloze_arrays(sentences, pieces)}
    heads = np.full((len(sentences), width), -100, dtype=np.int64)
    for b, s in enumerate(sentences): heads[b, : len(s.heads)] = s.heads
    return {**x, **tags("upos", L.UPOS), **tags("ner", L.NER), **tags("predicate", L.PREDICATE), "heads": np.where(x["word_mask"], heads, -100)}


def packed(arrays):
    """One buffer for all: (name, type, shape, first byte) of each, and the bytes."""
    layout, end = [], 0
    for name, a in arrays.items():
        layout.append((name, a.dtype.name, a.shape, end)); end += -(-a.nbytes // 16) * 16
    buffer = np.zeros(end, dtype=np.uint8)
    for (_, _, _, first), a in zip(layout, arrays.values()): buffer[first:first + a.nbytes] = np.frombuffer(np.ascontiguousarray(a).tobytes(), dtype=np.uint8)
    return layout, buffer


def unpacked(layout, buffer, device):
    """The tensors of `packed` on a device, moved there at once."""
    whole = torch.from_numpy(buffer)
    if device != "cpu": whole = whole.pin_memory().to(device, non_blocking=True)
    size = lambda kind, shape: np.dtype(kind).itemsize * math.prod(shape)
    return {name: whole[first:first + size(kind, shape)].view(getattr(torch, kind)).view(shape) for name, kind, shape, first in layout}


def send(queue, epochs, steps):
    try:
        for epoch in epochs:
            for step in steps(epoch): queue.put(step)
            queue.put(None)
    except BaseException as e:
        queue.put(repr(e)); raise


def received(queue):
    while (step := queue.get()) is not None:
        if isinstance(step, str): raise RuntimeError(f"a worker failed: {step}")
        yield step


def epochs(count, steps, workers):
    """The steps of each epoch, `steps(epoch)`, made by that many other processes, each a whole epoch; the same whatever their number."""
    if not workers: return map(steps, range(count))
    fork = multiprocessing.get_context("fork")
    queues = [fork.Queue(120) for _ in range(min(workers, count))]
    for first, queue in enumerate(queues):
        fork.Process(target=send, args=(queue, range(first, count, len(queues)), steps), daemon=True).start()
    return (received(queues[epoch % len(queues)]) for epoch in range(count))
