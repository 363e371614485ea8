#!/usr/bin/env python3
"""Verifies what docs/SPEC.md describes, by that page alone.

One JSON line says what was found: {"verdict", "faults": [{"code", "place"}], …}. The exit code is 0 where
there is no fault, and 1 where there is one. `vectors DIR` runs the test vectors: it prints those that
disagree, and exits with 0 when none does.
"""
import argparse
import json
import pathlib
import sys
import uuid

from directory import effects
from evidence import verify_evidence
from log import verify_log
from proofs import consistent, included, read_consistency, read_inclusion, read_note, tree
from record import attempt, enrol, judge, sha256


HEADER = "kind origin acting_unit epoch index recorded_ms directory_seq alert drafted_by approved_by".split()


def event(data, keys):
    found, code = judge(data, keys)
    if found is None:
        return {(code, None)}, {}
    header, payload = found.header, found.payload
    content = payload.plain if found.form == "plain" else payload.sealed.ciphertext
    return {(code, None)} if code else set(), {
        **{name: getattr(header, name) for name in HEADER},
        "event_id": str(uuid.UUID(bytes=header.event_id)), "payload": found.form,
        "category": header.facts.category, "urgency": header.facts.urgency,
        "links": [{"zone": link.zone, "seq": link.seq, "prev": link.prev.hex()} for link in header.links],
        "leaf": found.leaf.hex(), "key_id": found.key_id.hex(), "content_sha256": sha256(content).hex()}


def checkpoint(data, keys):
    note = attempt(read_note, data, keys)
    if note is None:
        return {("checkpoint", None)}, {}
    return set(), {**vars(note), "root": note.root.hex()}


def inclusion(data, keys):
    proof = attempt(read_inclusion, data)
    if proof is None:
        return {("inclusion", None)}, {}
    leaf, index, path, text = proof
    note = attempt(read_note, text, keys)
    if note is None:
        return {("checkpoint", None)}, {}
    seen = {"leaf": leaf.hex(), "index": index, "origin": note.origin, "epoch": note.epoch}
    return set() if included(leaf, index, note.size, note.root, path) else {("inclusion", None)}, seen


def consistency(data, keys, old):
    proof = attempt(read_consistency, data)
    if proof is None:
        return {("consistency", None)}, {}
    size, path, text = proof
    older, newer = attempt(read_note, old, keys), attempt(read_note, text, keys)
    if older is None or newer is None:
        return {("checkpoint", None)}, {}
    good = (older.origin, older.epoch, older.size) == (newer.origin, newer.epoch, size)
    good = good and consistent(size, older.root, newer.size, newer.root, path)
    seen = {"old": size, "new": newer.size, "origin": newer.origin, "epoch": newer.epoch}
    return set() if good else {("consistency", None)}, seen


BY_KEYS = {"event": event, "checkpoint": checkpoint, "inclusion": inclusion}


def vector(entry, folder):
    """The faults of a vector, and what was read out of it."""
    data = b"".join(bytes.fromhex(run["hex"]) * run["times"] for run in entry.get("bytes", []))
    data, kind = (folder / entry["file"]).read_bytes() if "file" in entry else data, entry["kind"]
    keys, anchor = {}, entry.get("anchor")
    for key in entry.get("keys", []):
        enrol(keys, key["unit"], bytes.fromhex(key["public_key"]), key.get("epoch"))
    anchor = anchor and (anchor["registrar"], bytes.fromhex(anchor["public_key"]))
    if kind in BY_KEYS:
        return BY_KEYS[kind](data, keys)
    if kind == "consistency":
        return consistency(data, keys, (folder / entry["old_file"]).read_bytes())
    if kind == "evidence":
        return verify_evidence(data, anchor)
    if kind == "log":
        return verify_log(folder / entry["file"], anchor)
    return cases(kind, json.loads(data)), {}


def cases(kind, said):
    """Files of many small cases: those that are judged otherwise than they say."""
    unhex = bytes.fromhex
    if kind == "merkle":
        leaves = [unhex(leaf) for leaf in said["leaves"]]
        return {("root", n) for n, root in enumerate(said["roots"]) if tree(leaves[:n]) != unhex(root)}
    wrong = set()
    if kind == "directory-changes":
        beginning = [unhex(word) for word in said["beginning"]]
        return {("effects", case["name"]) for case in said["cases"]
                if effects(beginning, [unhex(word) for word in case["words"]]) != case["effects"]}
    for case in said["cases"]:
        path = [unhex(p) for p in case["path"]]
        if kind == "inclusion-paths":
            holds = included(unhex(case["leaf"]), case["index"], case["size"], unhex(case["root"]), path)
        else:
            old, new = unhex(case["old_root"]), unhex(case["new_root"])
            holds = consistent(case["old_size"], old, case["new_size"], new, path)
        if bool(holds) != (case["verdict"] == "valid"):
            wrong.add(("path", case["name"]))
    return wrong


def vectors(folder):
    """Prints what disagrees, and how many there are; whether none does."""
    entries, disagree = json.loads((folder / "index.json").read_text())["vectors"], 0
    for entry in entries:
        faults, seen = vector(entry, folder)
        places = set(entry.get("positions", [])) | ({entry["part"]} if "part" in entry else set())
        found = {place for code, place in faults if code == entry["verdict"]}
        agrees = not faults if entry["verdict"] == "valid" else found and found >= places
        agrees = agrees and all(seen.get(name) == value for name, value in entry.get("expect", {}).items())
        if not agrees:
            disagree += 1
            print(f"{entry['name']}: {entry['verdict']} {sorted(places)} is expected ({entry['why']}), found "
                  f"{sorted(faults, key=str)} {seen if 'expect' in entry else ''}")
    print(f"{len(entries)} vectors, {disagree} disagree")
    return not disagree and bool(entries)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=[*BY_KEYS, "consistency", "evidence", "log", "vectors"])
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--key", action="append", default=[], metavar="[UNIT=]HEX",
                        help="a public key, of that unit alone or of whoever the origin is")
    parser.add_argument("--old", type=pathlib.Path, help="with `consistency`: the older checkpoint's note")
    parser.add_argument("--anchor", type=bytes.fromhex, metavar="HEX", help="the registrar's public key")
    given, keys = parser.parse_args(), {}
    for unit, _, public in (key.rpartition("=") for key in given.key):
        enrol(keys, unit, bytes.fromhex(public))
    anchor = given.anchor and (None, given.anchor)
    if given.what == "vectors":
        return 0 if vectors(given.file) else 1
    if given.what == "log":
        faults, seen = verify_log(given.file, anchor)
    elif given.what == "evidence":
        faults, seen = verify_evidence(given.file.read_bytes(), anchor)
    elif given.what == "consistency":
        if not given.old:
            parser.error("consistency needs --old")
        faults, seen = consistency(given.file.read_bytes(), keys, given.old.read_bytes())
    else:
        faults, seen = BY_KEYS[given.what](given.file.read_bytes(), keys)
    # Positions by number and parts by name; what has no place comes first.
    order = sorted(faults, key=lambda fault: (fault[1] is not None, fault[1] or 0, fault[0]))
    listed = [{"code": code, "place": place} for code, place in order]
    print(json.dumps({"verdict": "fault" if faults else "valid", "faults": listed, **seen}))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
