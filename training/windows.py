"""Consecutive sentences of one document read as one text, so that the vectors of mentions hold what the sentences before tell of their country."""
import itertools

import numpy as np

import data as D

LONGEST = 150  # words of a window
MOST = 4       # sentences of a window beside the lead
LINKS = ("roles", "speech", "soft_roles", "soft_speech")
LEAD = 0.5     # of the windows that begin later begin with the document's first sentence


def documents(sentences):
    """The sentences of each document, in order."""
    return [list(part) for _, part in itertools.groupby(sentences, lambda s: s.group)]


def joined(sentences, untaught=0):
    """One Sentence of several. Of the first `untaught` only the mentions count, as what others may point at."""
    out = D.Sentence([], mention=[], predicate=[], condition=[], group=sentences[0].group, text=" ".join(s.text for s in sentences))
    for k, s in enumerate(sentences):
        at, m = len(out.words), len(out.mentions)
        out.words = out.words + s.words
        for field in ("mention", "predicate", "condition"):
            getattr(out, field).extend([None] * len(s.words) if k < untaught else getattr(s, field))
        out.mentions = out.mentions + [(a + at, b + at, kind) for a, b, kind in s.mentions]
        out.countries = out.countries + s.countries
        out.part += [k - untaught] * len(s.mentions)
        if k >= untaught:
            moved = lambda links: {m + j: role for j, role in links.items()}
            out.preds += [{**p, "span": (p["span"][0] + at, p["span"][1] + at), "part": k - untaught, **{key: moved(p[key]) for key in LINKS if key in p}} for p in s.preds]
    for field in {f for s in sentences[untaught:] for f in s.soft}:
        width = next(s.soft[field].shape[1] for s in sentences[untaught:] if field in s.soft)
        nothing = lambda s: np.zeros((len(s.words), width), dtype=np.float16)
        out.soft[field] = np.concatenate([s.soft[field] if k >= untaught and field in s.soft else nothing(s) for k, s in enumerate(sentences)])
    return out


def windows(documents, rng):
    """Every sentence of the documents once, alone or with some that follow it, often after the document's first one."""
    for doc in documents:
        i = 0
        while i < len(doc):
            n = rng.randint(1, MOST)
            lead = [doc[0]] if i and rng.random() < LEAD else []
            while n > 1 and sum(len(s.words) for s in lead + doc[i:i + n]) > LONGEST: n -= 1
            yield joined(lead + doc[i:i + n], len(lead)) if lead or len(doc[i:i + n]) > 1 else doc[i]
            i += n
