"""Evidence files: section 15 of docs/SPEC.md."""
import copy
import datetime
import json
import re

from directory import Directory
from feeds import feeds_agree
from proofs import consistent, included, number, read_consistency, read_inclusion, read_note
from record import MOST, attempt, is_key, judge, need, sha256, token

FIRST_LINE = b"giapranh-evidence/1\n"
EVENT_MOST = 262_272
# The kinds of parts in their order: what their names are made of (s: a seq, o: an origin, e: an epoch,
# n: a number), and how many bytes they may have.
PARTS = {"manifest": ("", 2**24), "directory": ("s", EVENT_MOST), "undone": ("ss", EVENT_MOST), "event": ("oen", EVENT_MOST),
         "checkpoint": ("oen", 2**14), "inclusion": ("oen", 2**14), "consistency": ("oenn", 2**14)}
HASH = re.compile("[0-9a-f]{64}")
COUNTS = ("directory", "events", "checkpoints", "inclusions", "consistencies")
FEED = {"origin": str, "epoch": int, "zone": str, "seqs": str, "head_seq": int, "head_hash": HASH}
SELECTIONS = {"alert": str, "zone": str, "range": [int], "proof_of": str,
              "consistency": {"origin": str, "epoch": int, "from": int, "to": int}}
MANIFEST = {
    "format": re.compile("giapranh-evidence/1"), "program": str, "selection": dict, "directory_head": int,
    "made": re.compile("[0-9-]{10}T[0-9:]{8}([.][0-9]+)?(Z|[+-][0-9:]{5})"),
    "log": {"unit": str, "epoch": int, "head": int}, "counts": dict.fromkeys(COUNTS, int),
    "anchor": {"registrar": str, "public_key": HASH}, "feeds": [FEED]}


def fits(value, shape):
    """Whether a JSON value has just these fields, of these types."""
    if isinstance(shape, dict):
        same = isinstance(value, dict) and value.keys() == shape.keys()
        return same and all(fits(value[name], shape[name]) for name in shape)
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(one, shape[0]) for one in value)
    if isinstance(shape, re.Pattern):
        return isinstance(value, str) and shape.fullmatch(value) is not None
    return type(value) is shape


def read_manifest(data):
    def unique(pairs):
        need(len(dict(pairs)) == len(pairs))
        return dict(pairs)

    def none(_):
        raise ValueError

    try:
        manifest = json.loads(data.decode(), object_pairs_hook=unique, parse_int=number, parse_float=none,
                              parse_constant=none)
    except RecursionError:
        raise ValueError
    need(fits(manifest, MANIFEST) and len(manifest["selection"]) == 1)
    json.dumps(manifest, ensure_ascii=False).encode()  # half a surrogate pair is no text
    datetime.datetime.fromisoformat(re.sub("[.][0-9]+", "", manifest["made"]).replace("Z", "+00:00"))
    (kind, asked), = manifest["selection"].items()
    need(kind in SELECTIONS and fits(asked, SELECTIONS[kind]) and (kind != "range" or len(asked) == 2))
    return manifest


def read_name(name):
    """Where a part stands in the order, and how many bytes it may have."""
    kind, *rest = name.split("/")
    shape, limit = PARTS.get(kind, ("", 0))
    need(limit and len(rest) == len(shape))
    forms = {"s": lambda text: number(text, MOST, 1), "o": lambda text: token(text)[0],
             "e": lambda text: number(text, 2**32 - 1, 1), "n": lambda text: number(text, MOST)}
    need(all(token(text) for text, form in zip(rest, shape) if form == "o"))
    return (list(PARTS).index(kind), *(forms[form](text) for text, form in zip(rest, shape))), limit


def read_parts(data, report):
    """The parts that can be judged, by name; what is wrong with the container is reported."""
    parts, last, count, at = {}, None, 0, len(FIRST_LINE)
    while True:
        end = data.find(b"\n", at, at + 512) + 1
        if not end:
            report("part-line" if len(data) - at >= 512 else "cut-short")
            return parts
        line = attempt(data[at:end].decode) or ""
        if line.startswith("end "):
            said = re.fullmatch("end (0|[1-9][0-9]{0,18}) ([0-9a-f]{64})\n", line)
            if not said or (int(said[1]), said[2]) != (count, sha256(data[:at]).hex()):
                report("end")
            if end < len(data):
                report("trailing")
            return parts
        count += 1
        said = re.fullmatch("part ([^ \n]+) (0|[1-9][0-9]{0,18}) ([0-9a-f]{64})\n", line)
        if count > 4_000_000 or not said or int(said[2]) > MOST:
            report("too-large" if count > 4_000_000 else "part-line" if end < len(data) else "end")
            return parts
        name, length = said[1], int(said[2])
        place, limit = attempt(read_name, name) or (None, EVENT_MOST)
        if length > limit:
            report("too-large" if place else "part-line", name)
            return parts
        passed_over = not place or last is not None and place <= last
        if not place:
            report("part-line", name)
        elif passed_over or last is None and name != "manifest":
            report("order", name)
        last = last if passed_over else place
        at = end + length + 1
        if at > len(data):
            report("cut-short", name)
            return parts
        changed = not passed_over and sha256(data[end:at - 1]).hex() != said[3]
        if changed:
            report("changed", name)
        if not passed_over:
            parts[name] = data[end:at - 1]
        if data[at - 1:at] != b"\n":
            report("part-line", name)
            if changed:
                return parts


def verify_evidence(data, anchor=None):
    """The faults (code and place), and what was read. An anchor is a unit (or None) and a key."""
    if not data.startswith(FIRST_LINE):
        return {("cut-short" if FIRST_LINE.startswith(data) else "not-evidence", None)}, {}
    faults = set()

    def report(code, place=None):
        faults.add((code, place))

    parts = read_parts(data, report)
    manifest = attempt(read_manifest, parts.get("manifest", b""))
    if manifest is None:
        report("manifest", "manifest")
        return faults, {}
    registrar, public = manifest["anchor"]["registrar"], bytes.fromhex(manifest["anchor"]["public_key"])
    directory, (kind, asked) = Directory(registrar, public), *manifest["selection"].items()
    ordered = kind != "range" or 1 <= asked[0] <= asked[1] <= manifest["log"]["head"]
    if not ordered or not token(registrar) or not is_key(public):
        report("manifest", "manifest")
    if anchor and (anchor[0] or registrar, anchor[1]) != (registrar, public):
        report("anchor", "manifest")
    placed = [(name, *read_name(name)[0], part) for name, part in parts.items()]
    named = [[(name, tuple(place), part) for name, rank, *place, part in placed if rank == wanted]
             for wanted in range(len(PARTS))]
    counts = dict(zip(COUNTS, map(len, named[1:2] + named[3:])))
    decided, branches = judge_directory(named[1], directory, report)
    judge_undone(named[2], branches, directory, report)
    events = judge_events(named[3], decided, directory.keys, kind, asked, report)
    judge_chains(decided | events, report)
    notes = judge_checkpoints(named[4], directory.keys, report)
    leaves = {(*event.run, event.header.index): event.leaf for event in (decided | events).values()}
    judge_inclusions(named[5], notes, leaves, kind, report)
    proven = judge_consistencies(named[6], notes, report)
    whole = manifest["counts"] == counts and manifest["directory_head"] == counts["directory"]
    if kind == "range":
        whole = whole and counts["events"] <= asked[1] - asked[0] + 1
    if kind == "consistency":
        whole = whole and tuple(asked.values()) in proven
    if not whole or not feeds_agree(manifest["feeds"], events.values()):
        report("manifest", "manifest")
    return faults, {**counts, "directory_head": directory.now.head,
                    "anchor_known": anchor is not None, "beyond": directory.beyond(events)}


def judge_directory(parts, directory, report):
    """Step 3: hears the events; gives those that could be read."""
    events, branches, before = {}, {}, None
    for name, (head,), data in parts:
        event, code = judge(data, directory.keys)
        codes = {code} - {None}
        if event:
            events[name] = event
            codes |= directory.objections(event, head, before)
            before = (head, event)
        for code in codes:
            report(code, name)
        if not codes:
            if event.run != directory.now.terms[-1][:2]:
                branches[head] = copy.copy(directory)
            directory.hear(event)
    return events, branches


def judge_undone(parts, branches, directory, report):
    """Step 3.6: what the founders undid, for its keys alone."""
    for name, (by, head), data in parts:
        branch = branches.get(by)
        event, code = judge(data, branch.keys if branch else {})
        codes = {code} - {None} if branch or not event else {"chain"}
        if branch and event:
            terms, after = branch.now.terms, branch.after(event)
            if branch.now.head != head - 1 or after.head != head or after.terms[:len(terms)] != terms:
                codes |= {"chain"}
        for code in codes:
            report(code, name)
        if not codes:
            branch.hear(event)
            directory.keys = {**branch.keys, **directory.keys}


def judge_events(parts, decided, keys, kind, asked, report):
    """Step 4 up to 4.5: gives those whose chains are to be judged."""
    events, known = {}, {(*event.run, event.header.index): event.leaf for event in decided.values()}
    for name, place, data in parts:
        event, code = judge(data, keys)
        if code:
            report(code, name)
        if not event:
            continue
        if event.local:
            report("local", name)
        elif place != (*event.run, event.header.index):
            report("name", name)
        else:
            wanted = {"alert": event.header.alert == asked, "zone": asked in event.zones, "range": True}
            if not wanted.get(kind, False):
                report("manifest", name)
            if place in known:
                report("order" if known[place] == event.leaf else "fork", name)
            else:
                events[name] = event
    return events


def judge_chains(events, report):
    """Step 4.6."""
    ids, ends, times = {}, {}, {}
    for name, event in sorted(events.items(), key=lambda entry: (*entry[1].run, entry[1].header.index)):
        header, decided = event.header, name.startswith("directory/")
        if ids.setdefault(header.event_id, event.leaf) != event.leaf:
            report("fork", name)
        recorded, seen = times.get(event.run, (0, 0))
        times[event.run] = (max(recorded, header.recorded_ms), max(seen, header.directory_seq))
        if times[event.run] != (header.recorded_ms, header.directory_seq):
            report("chain", name)
        for link in header.links:
            feed = (*event.run, link.zone)
            if decided and link.zone == "directory":
                continue
            if feed in ends:
                seq, index, leaf = ends[feed]
                if link.seq == seq:
                    report("fork", name)
                elif link.seq < seq or link.seq - seq > header.index - index:
                    report("chain", name)
                elif link.seq == seq + 1 and link.prev != leaf:
                    report("chain", name)
            ends[feed] = (link.seq, header.index, event.leaf)


def judge_checkpoints(parts, keys, report):
    """Step 5: gives those that hold, with their bytes."""
    notes = {}
    for name, place, data in parts:
        note = attempt(read_note, data, keys)
        if note is None or place != (note.origin, note.epoch, note.size):
            report("checkpoint", name)
        else:
            notes[place] = (data, note)
    return notes


def judge_inclusions(parts, notes, leaves, kind, report):
    """Step 6."""
    for name, place, data in parts:
        leaf, index, path, text = attempt(read_inclusion, data) or (None,) * 4
        found = [note for run, (same, note) in notes.items() if run[:2] == place[:2] and same == text]
        known = leaves.get(place, leaf if kind == "proof_of" else None)
        if index != place[2] or not found or known != leaf or \
                not included(leaf, index, found[0].size, found[0].root, path):
            report("inclusion", name)


def judge_consistencies(parts, notes, report):
    """Step 7: gives the names of those that hold."""
    proven = set()
    for name, (origin, epoch, old, new), data in parts:
        size, path, text = attempt(read_consistency, data) or (None,) * 3
        older, newer = notes.get((origin, epoch, old)), notes.get((origin, epoch, new))
        if size == old and older and newer and newer[0] == text and \
                consistent(old, older[1].root, new, newer[1].root, path):
            proven.add((origin, epoch, old, new))
        else:
            report("consistency", name)
    return proven
