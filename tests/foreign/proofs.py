"""Trees, checkpoints and proofs: sections 12 and 13 of docs/SPEC.md."""
import base64
import re
from types import SimpleNamespace as Record

from record import holds, need, sha256, signs, token


def number(text, most=2**64 - 1, least=0):
    need(re.fullmatch(r"0|[1-9][0-9]{0,19}", text) and least <= int(text) <= most)
    return int(text)


def plain_base64(text, length=None):
    value = base64.b64decode(text, validate=True)
    need(base64.b64encode(value).decode() == text and length in (None, len(value)))
    return value


def tree(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256()
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1", tree(leaves[:k]), tree(leaves[k:]))


def read_note(data, keys):
    """A checkpoint that a key of its origin signed."""
    text, _, lines = data.decode().partition("\n\n")
    need(not re.search(r"[\0-\x09\x0b-\x1f]", text + lines) and lines.endswith("\n"))
    found = re.fullmatch(r"(giapranh\.v1/([^/\n]+)/([^/\n]+))\n([^\n]*)\n([^\n]*)", text)
    need(found and token(found[2]))
    name, signatures = found[1], []
    note = Record(origin=found[2], epoch=number(found[3], 2**32 - 1, 1), size=number(found[4]),
                  root=plain_base64(found[5], 32))
    for line in lines[:-1].split("\n"):
        parts = re.fullmatch(r"— ([^\s+]+) (\S+)", line)
        need(parts)
        signatures.append((parts[1], plain_base64(parts[2])))
        need(len(signatures[-1][1]) >= 5)
    for key in keys.values():
        mark = sha256(name.encode(), b"\n\1", key.public)[:4]
        mine = [blob[4:] for who, blob in signatures if (who, blob[:4]) == (name, mark)]
        if signs(key, note.origin, note.epoch) and mine and holds(key.public, mine[0], text.encode() + b"\n"):
            return note
    raise ValueError


def read_inclusion(data):
    """The leaf, its index, the path, and the bytes of the note."""
    head, end, note = data.partition(b"\n\n")
    version, extra, index, *path = head.decode().split("\n")
    need(end and version == "c2sp.org/tlog-proof@v1" and len(path) <= 128)
    need(extra.startswith("extra ") and index.startswith("index "))
    return plain_base64(extra[6:], 32), number(index[6:]), [plain_base64(p, 32) for p in path], note


def read_consistency(data):
    """The older size, the path, and the bytes of the newer note."""
    head, end, note = data.partition(b"\n\n")
    old, *path = head.decode().split("\n")
    need(end and old.startswith("old ") and len(path) <= 128)
    return number(old[4:]), [plain_base64(p, 32) for p in path], note


def climb(path, fn, sn, both, new):
    """The walk of both proofs: what it makes of the two roots, where it ends at the top."""
    for p in path:
        if sn == 0:
            return None
        if fn % 2 or fn == sn:
            both, new = sha256(b"\1", p, both), sha256(b"\1", p, new)
            while fn % 2 == 0 and fn:
                fn, sn = fn // 2, sn // 2
        else:
            new = sha256(b"\1", new, p)
        fn, sn = fn // 2, sn // 2
    return None if sn else (both, new)


def included(leaf, index, size, root, path):
    roots = climb(path, index, size - 1, leaf, leaf) if index < size else None
    return roots is not None and roots[1] == root


def consistent(old, old_root, new, new_root, path):
    if old == new or old == 0:
        return not path and (old or old_root == sha256()) and (old != new or old_root == new_root)
    path = path if old & (old - 1) else [old_root, *path]
    if old > new or not path:
        return False
    fn, sn = old - 1, new - 1
    while fn % 2:
        fn, sn = fn // 2, sn // 2
    return climb(path[1:], fn, sn, path[0], path[0]) == (old_root, new_root)
