"""The same sentence with other names: countries, capitals and persons exchanged one for one, and a few words hidden, so that the network learns the grammar and not the cast."""
import csv, dataclasses

import data as D
from model import MASK

SHARE = 0.5    # of the sentences of an epoch are varied
HIDDEN = 0.15  # of the words outside predicates are hidden in them


def countries():
    """Each country's single words by what they are: (name, adjective, plural, capital), None where it takes two."""
    with open(D.ROOT / "knowledge/countries.tsv", encoding="utf-8") as f:
        rows = list(csv.DictReader((line for line in f if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE))
    single = lambda w: w if w.isalpha() and w[0].isupper() else None
    for r in rows:
        demonyms = [single(d) for d in r["demonyms"].split("|")]
        plural = next((d for d in demonyms[1:] if d and d.endswith("s")), None)
        yield single(r["name"]), demonyms[0], plural, single(r["capital"])


class Cast:
    def __init__(self, sentences):
        self.countries = list(countries())
        self.of = {}
        for i, row in enumerate(self.countries):
            for k, w in enumerate(row):
                if w: self.of.setdefault(w, (i, k))
        self.first, self.last = set(), set()
        for s in sentences:
            for a, b, kind in s.mentions:
                if kind == "pe" and b - a > 1 and all(self.is_name(w) for w in s.words[a:b]):
                    self.first.update(s.words[a:b - 1]); self.last.add(s.words[b - 1])
        self.first, self.last = sorted(self.first), sorted(self.last)

    def is_name(self, w):
        return len(w) > 2 and w.isalpha() and w[0].isupper() and not w[1:].isupper() and w not in self.of

    def vary(self, s, rng):
        """A copy of `s` with as many words; annotations stay."""
        words, other, person = list(s.words), {}, {}
        there = {self.of[w][0] for w in words if w in self.of}
        fits = lambda i, x: all(y for w, y in zip(self.countries[i], self.countries[x]) if w)
        for i in sorted(there):
            x = rng.randrange(len(self.countries))
            if x not in there and fits(i, x): there = there | {x}; other[i] = x
        inside = [(a, b, kind) for a, b, kind in s.mentions] or ([(0, len(words), "")] if s.pair else [])
        for a, b, kind in inside:
            for k in range(a, b):
                w = words[k]
                if w in self.of and self.of[w][0] in other: words[k] = self.countries[other[self.of[w][0]]][self.of[w][1]]
                elif kind == "pe" and self.is_name(w):
                    words[k] = person.setdefault(w, rng.choice(self.last if k == b - 1 else self.first))
        kept = {k for p in s.preds for k in range(*p["span"])} | {k for k, w in enumerate(words) if not w.isalpha()}
        hidden = [(k, words[k]) for k in range(len(words)) if k not in kept and rng.random() < HIDDEN]
        for k, _ in hidden: words[k] = MASK
        return dataclasses.replace(s, words=words, hidden=hidden)

    def some(self, sentences, rng):
        return [self.vary(s, rng) if rng.random() < SHARE else s for s in sentences]
