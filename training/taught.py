"""What a network says of documents that it has not seen, as targets beside the gold labels: a label that only its coder would give counts less."""
import hashlib, pickle

import numpy as np
import torch

import labels as L
from batch import HEADS
from model import collate, link_inputs, link_items, tensors

TAGS = ("mention", "predicate")


def part_of(sentence, n):
    """Which of `n` parts of the corpus its document is in."""
    return int(hashlib.sha256(("fold " + sentence.group).encode()).hexdigest()[:8], 16) % n


@torch.no_grad()
def say(net, sentences, pieces, device):
    """For each sentence by document and text: shares of its words' tags, of its predicates' labels and of their links."""
    net.eval()
    half = lambda logits: logits.float().softmax(-1).half().cpu().numpy()
    out = {}
    order = sorted(sentences, key=lambda s: len(s.words))
    for i in range(0, len(order), 64):
        part = order[i:i + 64]
        w, sent, mask, _ = net.words({k: v.to(device) for k, v in tensors(collate(part, pieces)).items()})
        tags = {t: half(net.tags[t](w)) for t in TAGS}
        said = [dict(tags={t: tags[t][b, : len(s.words)] for t in TAGS}, preds=[dict(soft={}, soft_roles={}, soft_speech={}) for _ in s.preds]) for b, s in enumerate(part)]
        preds = [(b, k, p["span"]) for b, s in enumerate(part) for k, p in enumerate(s.preds)]
        if preds:
            to = lambda x: torch.as_tensor(np.array(x)).to(device)
            for head, x in net.events(w, sent, mask, to([p[0] for p in preds]), to([p[2] for p in preds])).items():
                if head not in HEADS: continue
                for (b, k, _), share in zip(preds, half(x)): said[b]["preds"][k]["soft"][head] = share
        items = list(link_items(part))
        if items:
            number = {id(p): (b, k) for b, s in enumerate(part) for k, p in enumerate(s.preds)}
            links = net.links(w, *(torch.as_tensor(x).to(device) for x in link_inputs(items, part)))
            for key, head in (("soft_roles", "role"), ("soft_speech", "speech")):
                for (_, p, j, _), share in zip(items, half(links[head])):
                    b, k = number[id(p)]
                    said[b]["preds"][k][key][j] = share
        for s, x in zip(part, said): out[s.group, s.text] = x
    return out


def give(sentences, files):
    """Adds to the sentences what the networks said of them."""
    said = {}
    for f in files: said.update(pickle.loads(f.read_bytes()))
    told = 0
    for s in sentences:
        if not (x := said.get((s.group, s.text))): continue
        s.soft = x["tags"]
        for p, soft in zip(s.preds, x["preds"]): p.update(soft)
        told += 1
    return told
