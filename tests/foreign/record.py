"""Events and keys: sections 3 to 9 of docs/SPEC.md, and how every message stands on the wire.

Whatever is none of what it should be is a ValueError; whoever asked for it knows the code.

Libraries of protobuf are looser than section 3 (they pass over a known field of another wire type) and
stricter (they refuse a tag that is longer than need be). So `strict` reads the wire by hand and writes
the known fields anew, in their plainest form; what those mean (the last one counts, messages merge, one
of several) protobuf says. Ed25519 is OpenSSL's, behind the rules of section 8.
"""
import hashlib
import re
from types import SimpleNamespace as Record

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

# The tables of the page. Fields are numbered from 1; a star stands for `repeated`.
TABLES = dict(line.split(" ", 1) for line in """\
Header event_id:bytes kind:string origin:string acting_unit:string epoch:uint32 index:uint64 \
recorded_ms:uint64 directory_seq:uint64 alert:string drafted_by:string approved_by:string \
causes:bytes* facts:Facts erase_by_ms:uint64 key_commitment:bytes links:FeedLink*
Facts category:string offence:uint32 urgency:string due_ms:uint64 expires_ms:uint64 outcome:string
FeedLink zone:string seq:uint64 prev:bytes
Payload plain:bytes sealed:Sealed
Sealed nonce:bytes ciphertext:bytes
DirectoryChanged decision:string effective_from:string changes:DirectoryChange*
DirectoryChange unit:UnitRegistered zone:ZoneDefined node:NodeEnrolled issuing:IssuingAllowed cut:CutMade \
unit_renamed:UnitRenamed unit_moved:UnitMoved unit_ended:UnitEnded zone_redrawn:ZoneRedrawn \
zone_ended:ZoneEnded zone_granted:ZoneGranted node_confirmed:NodeConfirmed service:ServiceSet \
deadline:DeadlineSet founders:FoundersNamed registrar:RegistrarNamed
UnitRegistered id:string parent:string level:string name:string official_code:string
ZoneDefined id:string name:string members:string* one_province:bool
NodeEnrolled unit:string public_key:bytes serves:string* epoch:uint32 nats_key:string \
nats_owner_key:string nats_link_key:string needs_confirmation:bool sealing_key:bytes
IssuingAllowed level:string category:string cluster:bool unit:string zones:string* forbidden:bool
CutMade origin:string epoch:uint32 last_index:uint64 last_hash:bytes cause:string nothing:bool
UnitRenamed id:string name:string official_code:string
UnitMoved id:string parent:string
UnitEnded id:string successor:string cause:string parts:string*
ZoneRedrawn id:string name:string joined:string* left:string*
ZoneEnded id:string parts:string*
ZoneGranted zone:string unit:string until_ms:uint64 request:bytes
NodeConfirmed unit:string epoch:uint32 confirmation:bytes
ServiceSet unit:string serves:string*
DeadlineSet name:string seconds:uint32
FoundersNamed founders:Founder* threshold:uint32 signatures:FounderSignature* last_head:uint64 last_hash:bytes
Founder unit:string public_key:bytes
FounderSignature public_key:bytes signature:bytes
RegistrarNamed unit:string epoch:uint32 public_key:bytes last_head:uint64 last_hash:bytes \
signatures:FounderSignature*
Receipt first:uint64 last:uint64 running:bytes""".splitlines())
TYPES = {name: dict(enumerate(re.findall(r":(\w+)", table), 1)) for name, table in TABLES.items()}
SCALARS = {"uint64": 4, "bool": 8, "string": 9, "bytes": 12, "uint32": 13}  # as descriptors number them
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
ORDER_8 = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826
SMALL = {0, 1, P - 1, P, P + 1, ORDER_8, P - ORDER_8}  # every y in the list of section 8
MOST = 2**63 - 1


def need(condition):
    if not condition:
        raise ValueError


def attempt(work, *arguments):
    """What comes of it; None, if the bytes are none of what they should be."""
    try:
        return work(*arguments)
    except ValueError:
        return None


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def token(text):
    return re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,63}", text)


def varint(data, at):
    found = re.compile(rb"[\x80-\xff]{0,9}[\0-\x7f]").match(data, at)
    need(found)
    value = sum((byte & 0x7F) << 7 * place for place, byte in enumerate(found[0]))
    need(value < 2**64)
    return value, found.end()


def shortest(value):
    return bytes([value]) if value < 0x80 else bytes([value & 0x7F | 0x80]) + shortest(value >> 7)


def strict(data, types, depth=0, at=0, group=None):
    """The known fields up to the end of the message or group, and where that is."""
    plain = b""
    while at < len(data):
        tag, at = varint(data, at)
        field, wire = tag >> 3, tag & 7
        need(tag < 2**32 and field and wire < 6)
        if wire == 4:
            need(field == group)
            return plain, at
        kind = types.get(field)
        need(depth < 100)
        need(kind is None or wire == (0 if kind in ("uint32", "uint64", "bool") else 2))
        if wire == 3:
            at = strict(data, {}, depth + 1, at, field)[1]
        elif wire == 0:
            value, at = varint(data, at)
            plain += shortest(tag) + shortest(value) if kind else b""
        else:
            length, at = varint(data, at) if wire == 2 else (8 if wire == 1 else 4, at)
            value, at = data[at:at + length], at + length
            need(at <= len(data))
            if kind == "string":
                value.decode()
            elif kind in TYPES:
                value = strict(value, TYPES[kind], depth + 1)[0]
            plain += shortest(tag) + shortest(len(value)) + value if kind else b""
    need(group is None)
    return plain, at


def message_classes():
    file = descriptor_pb2.FileDescriptorProto(name="page", package="page", syntax="proto3")
    for name, table in TABLES.items():
        one_of = name in ("Payload", "DirectoryChange")
        message = file.message_type.add(name=name, oneof_decl=[{"name": "form"}] if one_of else [])
        for count, (label, kind, star) in enumerate(re.findall(r"(\w+):(\w+)(\*?)", table), 1):
            message.field.add(name=label, number=count, label=3 if star else 1, type=SCALARS.get(kind, 11),
                              type_name=".page." + kind if kind in TABLES else None,
                              oneof_index=0 if one_of else None)
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(file.SerializeToString())
    return {name: message_factory.GetMessageClass(pool.FindMessageTypeByName("page." + name))
            for name in TABLES}


CLASSES = message_classes()


def read(name, data):
    return CLASSES[name].FromString(strict(data, TYPES[name])[0])


def read_event(data):
    """An event: sections 4 to 7."""
    fields, rest = [], data
    for tag, least, most in ((10, 0, 16384), (18, 0, 245_760), (26, 32, 32), (34, 64, 64)):
        need(rest[:1] == bytes([tag]))
        length, at = varint(rest, 1)
        need(least <= length <= most and rest[1:at] == shortest(length) and at + length <= len(rest))
        fields.append(rest[at:at + length])
        rest = rest[at + length:]
    need(not rest)
    header, payload = read("Header", fields[0]), read("Payload", fields[1])
    facts, zones, form = header.facts, [link.zone for link in header.links], payload.WhichOneof("form")
    need(form and (form == "plain" or len(payload.sealed.nonce) == 24))
    need(len(header.key_commitment) == (32 if form == "sealed" else 0))
    need(len(header.event_id) == 16 and header.event_id[6] >> 4 == 7)
    need(re.fullmatch(r"[a-z0-9][a-z0-9_.-]{0,63}", header.kind))
    need(token(header.origin) and token(header.acting_unit) and header.epoch)
    need(all(not text or token(text) for text in (
        header.drafted_by, header.approved_by, facts.category, facts.urgency, facts.outcome)))
    need(not header.alert or len(header.alert) <= 96 and header.alert.count("/") == 2
         and all(map(token, header.alert.split("/"))))
    need(all(value <= MOST for value in (
        header.index, header.recorded_ms, header.directory_seq, header.erase_by_ms, facts.due_ms,
        facts.expires_ms, *(link.seq for link in header.links))))
    need(len(header.causes) <= 64 and all(len(cause) == 16 for cause in header.causes))
    need(1 <= len(zones) <= 64 and all(map(token, zones)) and zones == sorted(set(zones)))
    need("local" not in zones or len(zones) == 1)
    for link in header.links:
        need(link.seq and len(link.prev) == 32 and (link.seq == 1) == (link.prev == bytes(32)))
    sized = (part for field in fields[:2] for part in (len(field).to_bytes(4, "big"), field))
    return Record(header=header, payload=payload, form=form, local="local" in zones, zones=zones,
                  run=(header.origin, header.epoch), leaf=sha256(b"\0", *sized), key_id=fields[2],
                  signature=fields[3])


def is_key(public):
    y = int.from_bytes(public, "little") % 2**255
    # x² is (y² − 1) / (d·y² + 1), d = −121665 / 121666; it is a square if this product is one.
    product = (y * y - 1) * (121666 - 121665 * y * y) * 121666
    return len(public) == 32 and y < P and y not in SMALL and pow(product, (P - 1) // 2, P) == 1


def enrol(keys, unit, public, epoch=None):
    """Keys by key id, each with the epochs of its unit's log that it signs. A key that is enrolled stays
    whose it is. The unit "" is everybody, the epoch None is every one."""
    if is_key(public):
        key_id = sha256(b"giapranh/v1/key\n", public)
        known = keys.setdefault(key_id, Record(unit=unit, public=public, epochs=set()))
        if known.unit == unit:
            known.epochs.add(epoch)
    return keys


def signs(key, unit, epoch):
    return key.unit in ("", unit) and not key.epochs.isdisjoint((None, epoch))


def holds(public, signature, message):
    r, s = int.from_bytes(signature[:32], "little"), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= L or r % 2**255 in SMALL:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def judge(data, keys):
    """The event, if it is one, and the code of its fault, if it has one."""
    event = attempt(read_event, data)
    if event is None:
        return None, "malformed"
    key = keys.get(event.key_id)
    if key is None:
        return event, "unknown-key"
    if not signs(key, *event.run):
        return event, "key-of-another-epoch" if key.unit == event.header.origin else "key-of-another"
    message = b"giapranh/v1/event\n" + event.key_id + event.leaf
    return event, None if holds(key.public, event.signature, message) else "signature"
