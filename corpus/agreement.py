#!/usr/bin/env python3
"""How far two codings of the same sentences agree: Cohen's kappa per level, F1 for what is a span.

    python3 corpus/agreement.py      corpus/second/*.txt (coded again, independently; documents named NAME@K: sentence K of document NAME) against the corpus
"""
import collections, pathlib

from check import HERE, read


def kappa(pairs):
    """Cohen's kappa of (first, second) labels, in percent."""
    if not pairs: return 0.0
    n = len(pairs)
    agree = sum(a == b for a, b in pairs) / n
    first, second = collections.Counter(a for a, _ in pairs), collections.Counter(b for _, b in pairs)
    chance = sum(first[k] * second[k] for k in first) / n ** 2
    return 100 * (agree - chance) / (1 - chance) if chance < 1 else 100.0


def f1(hits, a, b):
    return 200 * hits / max(1, a + b)


def places(item):
    """Span lists by class and id."""
    out = collections.defaultdict(list)
    for cls, name, *_, start, end in item[3]: out[cls, name].append((start, end))
    return out


def sides(item, keys):
    """Country codes of an event's actors and those of its recipients."""
    codes = {s[1]: s[3].split(".")[0].split("+") for s in item[3] if s[0] == "m"}
    return [frozenset(c for m in keys.get(role, "").split(",") for c in codes.get(m, [])) for role in ("act", "rec")]


def sectors(item):
    """Sectors of the mentions that are no states, places or dates, by span, `-` for none; called as `eval corpus` calls them."""
    plover = {"NGO": "SOC", "HLH": "MED", "CIV": "CVL"}
    of = lambda code: plover.get(code, code)
    return {s[-2:]: of(s[3].split(".")[1]) if "." in s[3] else "-" for s in item[3] if s[0] == "m" and s[2] not in ("st", "pl", "da")}


def matched(first, second):
    """Pairs of keys whose spans overlap, each used once."""
    used, pairs = set(), []
    for a, spans in first.items():
        hit = next((b for b, other in second.items() if b not in used and any(s < y and x < e for s, e in spans for x, y in other)), None)
        if hit is not None: used.add(hit); pairs.append((a, hit))
    return pairs


def main():
    ours = collections.defaultdict(list)
    for folder in ("sentences", "articles"):
        for path in sorted((HERE / folder).glob("*.txt")):
            for item in read(path): ours[item[1]].append(item)
    n = collections.Counter()
    sentences, told, rows = [], [], collections.defaultdict(list)
    for path in sorted((HERE / "second").glob("*.txt")):
        for item in read(path):
            name, at = item[1].rsplit("@", 1)
            first = ours[name][int(at) - 1] if len(ours[name]) >= int(at) else None
            if first is None or first[2] != item[2]: n["changed since"] += 1; continue
            n["sentences"] += 1
            x, y = places(first), places(item)
            mine, theirs = sectors(first), sectors(item)
            told += [(mine[s], theirs[s]) for s in mine.keys() & theirs.keys() if mine[s] != "-"]
            typed = lambda it: {e[1]: e for e in it[4] if not e[2].startswith("NONE")}
            a, b = typed(first), typed(item)
            sentences.append((bool(a), bool(b)))
            pairs = matched({i: x["p", i] for i in a}, {i: y["p", i] for i in b})
            n["events"] += len(a); n["events 2"] += len(b); n["event hits"] += len(pairs)
            for i, j in pairs:
                (_, _, t, s, k), (_, _, u, v, l) = a[i], b[j]
                rows["type"].append((t.split("/")[0], u.split("/")[0])); rows["status"].append((s, v))
                if t.split("/")[0] == u.split("/")[0]: rows["mode, same type"].append((t, u))
                mine, theirs = sides(first, k), sides(item, l)
                rows["actors' countries"].append((mine[0], theirs[0])); rows["recipients' countries"].append((mine[1], theirs[1])); rows["dyad"].append((tuple(mine), tuple(theirs)))
                n["as coded"] += t.split("/")[0] == u.split("/")[0] and s == v and mine == theirs
                rows["ledger kind"].append((k.get("led", "-").split("/")[0], l.get("led", "-").split("/")[0]))
            for cls, what in (("m", "mention"), ("cue", "cue")):
                if cls == "m":
                    p, q = ({key: v for key, v in z.items() if key[0] == "m"} for z in (x, y))
                else:
                    p, q = ({c[1]: z["p", c[1]] for c in it[5]} for it, z in ((first, x), (item, y)))
                n[what] += len(p); n[what + " 2"] += len(q); n[what + " hits"] += len(matched(p, q))
    print(f"{n['sentences']} sentences coded twice" + (f", {n['changed since']} changed since and left out" if n["changed since"] else ""))
    print(f"event or none, per sentence: kappa {kappa(sentences):.1f}")
    for what in ("event", "cue", "mention"):
        key = "events" if what == "event" else what
        print(f"{what} spans (overlap): F1 {f1(n[what + ' hits'], n[key], n[key + ' 2']):.1f} ({n[key]} and {n[key + ' 2']})")
    print(f"events with type, dyad and status: F1 {f1(n['as coded'], n['events'], n['events 2']):.1f}")
    print(f"sectors of mentions both found, where the first gives one: kappa {kappa(told):.1f}, same {100 * sum(a == b for a, b in told) / max(1, len(told)):.1f} % (n={len(told)})")
    for what, pairs in rows.items(): print(f"{what}, of events both found: kappa {kappa(pairs):.1f}, same {100 * sum(a == b for a, b in pairs) / len(pairs):.1f} % (n={len(pairs)})")


if __name__ == "__main__":
    main()
