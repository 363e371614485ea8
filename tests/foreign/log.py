"""A node's log: section 14 of docs/SPEC.md."""
import pathlib
import sqlite3
from types import SimpleNamespace as Record

from directory import Directory
from record import attempt, enrol, is_key, judge, read, sha256

# What SQLite gives for the columns; anything else is no table of section 14.
EVENTS = {"position": int, "event_id": bytes, "origin": str, "epoch": int, "idx": int,
          "alert": (str, type(None)), "local": int, "leaf": bytes, "arrived_ms": int, "bytes": bytes}
IDENTITY = {"unit": str, "epoch": int, "public_key": bytes, "registrar": str, "anchor": bytes}
FEEDS = {"id": int, "origin": str, "epoch": int, "zone": str}
LINKS = {"feed": int, "seq": int, "position": int}
EPOCHS = {"epoch": int, "public_key": bytes}
COPIES = {"position": int, "bytes": bytes}
VERSIONS = [bytes([0, 0, 0, version]) for version in (1, 2, 3, 4)]


def verify_log(path, anchor=None):
    """The faults (code and place), and what was read. An anchor is a unit (or None) and a key."""
    with open(path, "rb") as file:
        head = file.read(100)
    if head[:16] != b"SQLite format 3\0" or head[68:72] != b"GRlg" or head[60:64] not in VERSIONS:
        return {("not-a-log", None)}, {}
    try:
        return walk(*tables(path, VERSIONS.index(head[60:64]) + 1), anchor)
    except (sqlite3.Error, TypeError, UnicodeDecodeError):
        return {("damaged", None)}, {}


def tables(path, version):
    whole = pathlib.Path(path).absolute()
    immutable = "" if whole.with_name(whole.name + "-wal").exists() else "&immutable=1"
    database = sqlite3.connect(f"{whole.as_uri()}?mode=ro{immutable}", uri=True)
    try:
        yield from (select(database, name, columns) for name, columns in (
            ("identity", IDENTITY), ("events", EVENTS), ("feeds", FEEDS), ("links", LINKS)))
        yield select(database, "epochs", EPOCHS) if version >= 3 else []
        yield select(database, "copies", COPIES) if version >= 4 else []
    finally:
        database.close()


def select(database, table, columns):
    rows = database.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1, 2").fetchall()
    if not all(isinstance(value, kind) for row in rows for value, kind in zip(row, columns.values())):
        raise TypeError(table)
    return rows


def walk(identity, rows, feeds, links, epochs, copies, anchor):
    if len(identity) != 1:
        raise TypeError("identity")
    unit, epoch, first, registrar, public = identity[0]
    own = [(epoch, first), *epochs]
    if not all(map(is_key, [public, *(key for _, key in own)])):
        raise TypeError("identity")
    faults, events, running, expected = set(), {}, bytes(32), 1
    directory = Directory(registrar, public)
    keys = believed(directory, unit, own)
    if anchor and (anchor[0] or registrar, anchor[1]) != (registrar, public):
        faults.add(("anchor", None))
    feed_of = {number: tuple(feed) for number, *feed in feeds}
    at = {(feed_of.get(feed), seq): position for feed, seq, position in links}
    leaves = {row[0]: row[7] for row in rows}
    copies = dict(copies)

    def judge_links(event):
        for link in event.header.links:
            feed = (*event.run, link.zone)
            if (feed, link.seq) not in at:
                continue
            before = leaves.get(at.get((feed, link.seq - 1)))
            if at[feed, link.seq] != position:
                yield "links"
            elif link.seq > 1 and before not in (None, link.prev):
                yield "chain"

    for position, event_id, origin, run, idx, alert, local, leaf, arrived_ms, data in rows:
        if position != expected:
            faults.add(("missing", expected))
        expected, codes = position + 1, set()
        event, code = judge(data, keys)
        if code == "signature" and position in copies:
            copy, fault = judge(copies[position], keys)
            same = copy and (copy.leaf, copy.key_id) == (event.leaf, event.key_id)
            code = None if same and fault is None else code
        if event:
            header = event.header
            said = (header.event_id, *event.run, event.local, header.index, header.alert or None)
            codes |= {"hash"} if event.leaf != leaf else set()
            codes |= {"columns"} if (event_id, origin, run, local, idx, alert) != said else set()
            codes |= set(judge_links(event))
            events[position] = event
        codes |= {code} - {None}
        receipt = event and event.local and event.leaf == leaf
        if receipt and (event.header.kind, event.header.origin) == ("log.receipt", unit):
            attests = attempt(read, "Receipt", event.payload.plain) if event.form == "plain" else None
            if attests is None or (attests.last, attests.running) != (position - 1, running):
                faults.add(("receipt", position))
            if attests is not None and len(attests.running) == 32:
                running = attests.running
        running = sha256(b"giapranh/v1/receipt\n", running, (position % 2**64).to_bytes(8, "big"),
                         (arrived_ms % 2**64).to_bytes(8, "big"), leaf if len(leaf) == 32 else bytes(32))
        faults |= {(code, position) for code in codes}
        if not codes and "directory" in event.zones:
            directory.hear(event)
            keys = believed(directory, unit, own)
    strangers = {(epoch, key_id) for epoch, key in own for key_id in enrol({}, unit, key)
                 if not is_of(directory.enrolled.get(key_id), unit, epoch)}
    faults |= {("unknown-key", position) for position, event in events.items()
               if (event.header.epoch, event.key_id) in strangers}
    ours = [(unit, epoch) for epoch, _ in own]
    faults |= {("missing", position) for position in missing(rows, leaves, at, ours)}
    for position, data in copies.items():
        copy, fault = judge(data, keys)
        if fault or copy.leaf != leaves.get(position):
            faults.add(("copy", position))
    return faults, {"unit": unit, "events": len(rows), "directory_head": directory.now.head,
                    "anchor_known": anchor is not None, "beyond": directory.beyond(events)}


def is_of(key, unit, epoch):
    return key and key.unit == unit and epoch in key.epochs


def believed(directory, unit, own):
    """The keys that are known, and the log's own. What the directory says of a key is what counts."""
    keys = {key_id: Record(unit=key.unit, public=key.public, epochs=set(key.epochs))
            for key_id, key in directory.keys.items()}
    for epoch, key in own:
        enrol(keys, unit, key, epoch)
    return keys


def missing(rows, leaves, at, own):
    """Steps 5 to 7: what is linked and not there, what follows on nothing, the log's own indices."""
    yield from sorted(set(at.values()) - set(leaves))[:1]
    linked, ends = set(), {}
    for (feed, seq), position in sorted(at.items(), key=lambda link: (str(link[0][0]), link[0][1])):
        last, highest = ends.get(feed, (0, 0))
        if seq == last + 1:
            ends[feed] = (seq, max(position, highest))
            linked |= {position} if position > highest else set()
    yield from set(leaves) - linked
    for unit, epoch, local in ((*run, local) for run in own for local in (0, 1)):
        places = {row[4]: row[0] for row in rows if (row[2], row[3], row[6]) == (unit, epoch, local)}
        yield from [places[idx] for idx in sorted(places) if idx and idx - 1 not in places][:1]
