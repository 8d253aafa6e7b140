"""Several trained networks as teachers of one: the means of what they say, as targets beside the gold, and as annotation of unlabelled sentences."""
import torch

import labels as L
from model import collate
from score import decode

TAGS = {"mention": L.MENTION, "predicate": L.PREDICATE, "condition": L.CONDITION}
EVENT = ("kind", "mode", "status", "ledger", "ledger_status")
SIZE = 64


def chunks(sentences):
    order = sorted(sentences, key=lambda s: len(s.words))
    return [order[i:i + SIZE] for i in range(0, len(order), SIZE)]


def share(outs):
    """The mean over teachers of the probabilities, on the CPU, in half precision."""
    return torch.stack([o.float().softmax(-1) for o in outs]).mean(0).half().cpu()


def asked(batch):
    """Every (sentence, predicate) of a batch, and every (sentence, predicate, mention), as tensors the heads take."""
    preds = [(b, p["span"]) for b, s in enumerate(batch) for p in s.preds]
    links = [(b, p["span"], m) for b, s in enumerate(batch) for p in s.preds for m in s.mentions]
    number = lambda x: torch.tensor(x, dtype=torch.long)
    events = (number([b for b, _ in preds]), number([x for _, x in preds]).view(-1, 2))
    return events, (number([i[0] for i in links]), number([i[1] for i in links]).view(-1, 2), number([i[2][:2] for i in links]).view(-1, 2),
                    number([L.KINDS.index(i[2][2]) for i in links]))


@torch.no_grad()
def teach(teachers, sentences, pieces):
    """Sets `taught` of each sentence: the shares of its words' tags, of its predicates' classes, and of the links to its mentions."""
    for batch in chunks(sentences):
        x = collate(batch, pieces)
        events, links = asked(batch)
        tags, heads, ties = {k: [] for k in TAGS}, {k: [] for k in EVENT}, {"role": [], "speech": []}
        for net in teachers:
            w, sent, mask, _ = net.words(x)
            for k in TAGS: tags[k].append(net.tags[k](w))
            if len(events[0]):
                out = net.events(w, sent, mask, *events)
                for k in EVENT: heads[k].append(out[k])
            if len(links[0]):
                for k, v in net.links(w, *links).items(): ties[k].append(v)
        tags, heads, ties = ({k: share(v) for k, v in part.items() if v} for part in (tags, heads, ties))
        p = l = 0
        for b, s in enumerate(batch):
            n, m = len(s.preds), len(s.mentions)
            s.taught = {k: tags[k][b, : len(s.words)] for k in TAGS if getattr(s, k)}
            if n: s.taught.update({k: heads[k][p:p + n] for k in EVENT})
            if n and m: s.taught.update({k: v[l:l + n * m] for k, v in ties.items()})
            p += n; l += n * m


@torch.no_grad()
def annotate(teachers, sentences, pieces):
    """The sentences with the teachers' most likely spans, types and links as annotation."""
    found = []
    for batch in chunks(sentences):
        x = collate(batch, pieces)
        seen = [net.words(x) for net in teachers]
        best = {k: share([net.tags[k](w) for net, (w, *_) in zip(teachers, seen)]).argmax(-1) for k in TAGS}
        for b, s in enumerate(batch):
            tags = {k: [names[i] for i in best[k][b, : len(s.words)]] for k, names in TAGS.items()}
            preds = [dict(span=(a, z), event=k != "cue", cue=k != "event") for a, z, k in decode(tags["predicate"])]
            found.append(type(s)(s.words, **tags, group=s.group, text=s.text, preds=sorted(preds, key=lambda p: p["span"]), mentions=sorted(decode(tags["mention"]))))
            found[-1].countries = [set() for _ in found[-1].mentions]
    teach(teachers, found, pieces)
    for s in found:
        for i, p in enumerate(s.preds):
            top = lambda head, names: names[int(s.taught[head][i].argmax())]
            links = slice(i * len(s.mentions), (i + 1) * len(s.mentions))
            tie = lambda head, names: {j: names[k] for j, k in enumerate(s.taught[head][links].argmax(-1).tolist()) if k} if s.mentions else {}
            p.update(type=top("kind", L.TYPES), mode=top("mode", L.MODES), status=top("status", L.STATUSES), contexts=[], ledger=top("ledger_status", L.LEDGER_STATUSES),
                     roles=tie("role", L.ROLES), speech=tie("speech", L.SPEECH))
            if not p["event"]: p["type"] = None
    return found
