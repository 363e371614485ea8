"""Which runs of which feeds a manifest says are there (docs/SPEC.md, section 15)."""


def feeds_agree(said, events):
    feeds = {}
    for event in events:
        for link in event.header.links:
            feeds.setdefault((*event.run, link.zone), {})[link.seq] = event.leaf.hex()
    expected = [(*feed, runs(sorted(seqs))) for feed, seqs in sorted(feeds.items())]
    if [(feed["origin"], feed["epoch"], feed["zone"], feed["seqs"]) for feed in said] != expected:
        return False
    return all(feed["head_seq"] > max(seqs) or
               (feed["head_seq"], feed["head_hash"]) == (max(seqs), seqs[max(seqs)])
               for feed, (_, seqs) in zip(said, sorted(feeds.items())))


def runs(seqs):
    """`3-7,9`: as few runs and numbers as there can be."""
    text = ""
    for seq in seqs:
        if seq - 1 not in seqs:
            text += f",{seq}"
        elif seq + 1 not in seqs:
            text += f"-{seq}"
    return text[1:]
