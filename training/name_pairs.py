#!/usr/bin/env python3
"""Pairs of names of office holders for `chancery eval names`, from a table of tenures of several sources (person_id, name, country, role, start, source).

    python3 training/name_pairs.py leaders.csv > pairs.jsonl

One person: whom two sources name for one post (one of those that one person holds at a time) of one country from one day on, where each names one. Two
persons: holders who follow each other in one post and have different ids. A source is the word before the first blank, colon or slash."""
import collections, csv, json, re, sys

POSTS = "HOS HOG FM DEF INT FIN JUS DHOG".split()


def main():
    rows = [r for r in csv.DictReader(open(sys.argv[1], encoding="utf-8")) if r["role"] in POSTS and len(r["start"]) == 10 and r["name"][:1].isalpha()]
    source = lambda r: re.split("[ :/]", r["source"])[0]
    by_day, by_post = collections.defaultdict(lambda: collections.defaultdict(set)), collections.defaultdict(list)
    for r in rows:
        by_day[r["country"], r["role"], r["start"]][source(r)].add(r["name"])
        if r["person_id"]: by_post[r["country"], r["role"]].append((r["start"], r["person_id"], r["name"]))
    pairs = set()
    for post, named in sorted(by_day.items()):
        ones = sorted(next(iter(names)) for names in named.values() if len(names) == 1)
        if len(ones) == len(named) > 1: pairs |= {(" ".join(post[:2]), a, b, True) for k, a in enumerate(ones) for b in ones[k + 1:]}
    for post, holders in sorted(by_post.items()):
        holders.sort()
        pairs |= {(" ".join(post), a, b, False) for (_, i, a), (_, j, b) in zip(holders, holders[1:]) if i != j}
    for k, (post, a, b, same) in enumerate(sorted(pairs)): print(json.dumps({"id": f"{post} {k}", "a": a, "b": b, "same": same}, ensure_ascii=False))


if __name__ == "__main__":
    main()
