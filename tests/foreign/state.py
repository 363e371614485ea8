"""What the directory says at a head, and what each change makes of it: section 10 of docs/SPEC.md."""
import copy
import datetime
import re
from types import SimpleNamespace as Record

from record import attempt, need, token

PARENTS = {"province": [None], "district": ["province"], "commune": ["province", "district"]}
CATEGORIES = ("wanted-person", "travelling-offender", "vehicle", "object", "identifier",
              "modus-operandi", "situation-notice", "directive")
CAUSES = "revoked", "rotated", "succeeded", "new-epoch"
DEADLINES = ("acknowledge", "hit-urgent", "hit-routine", "second-request", "withdraw-after-arrest",
             "review", "approve")
RESERVED = "directory", "cluster", "local"


def province(unit):
    return unit.split("_")[0]


def is_day(text):
    """Any day of the calendar, the year 0 too, which Python does not know."""
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    return attempt(datetime.date.fromisoformat, re.sub("^0000", "2000", text)) is not None


class State:
    """What holds at a head. A change that contradicts is a ValueError."""

    def __init__(self, registrar):
        self.head, self.leaf, self.day, self.replaced_at = 0, bytes(32), "", None
        self.terms, self.next, self.named = [(registrar, 1, 0)], None, None
        self.units, self.zones, self.nodes, self.served, self.cuts = {}, {}, {}, {}, []

    def take(self, word):
        """The state with the next head, and whether the changes have effect: all of them or none."""
        after = copy.deepcopy(self)
        after.head, after.leaf = self.head + 1, word.leaf
        if attempt(after.make_all, word) is None:
            plain = copy.copy(self)
            plain.head, plain.leaf = after.head, after.leaf
            return plain, False
        after.terms, after.next = after.terms + [after.next] * bool(after.next), None
        return after, True

    def make_all(self, word):
        day, made = word.said.effective_from, word.said.changes
        made = [(change.WhichOneof("form"), change) for change in made]
        need(not day or is_day(day) and day >= self.day)
        self.day = day or self.day
        for at, (form, change) in enumerate(made):
            if form in ("founders", "registrar"):
                getattr(self, form)(getattr(change, form), word.signers(at))
            elif form:
                getattr(self, form)(getattr(change, form))
        for ended in (change.unit_ended.id for form, change in made if form == "unit_ended"):
            need(all(unit.ended or unit.parent != ended for unit in self.units.values()))
            last = self.nodes.get(ended, [None])[-1]
            need(not last or any(cut.cause != "new-epoch" for cut in self.cuts_of(ended, last.epoch)))
            need(self.terms[-1][0] != ended or self.next)
        return True

    def alive(self, *units):
        need(all(unit in self.units and not self.units[unit].ended for unit in units))

    def open(self, *zones):
        need(all(zone in self.zones and not self.zones[zone].ended for zone in zones))

    def cuts_of(self, unit, epoch):
        return [cut for cut in self.cuts if (cut.origin, cut.epoch) == (unit, epoch)]

    def counting(self, unit):
        """The enrolment that a unit signs with now."""
        last = self.nodes.get(unit, [None])[-1]
        return last if last and last.counts and not self.cuts_of(unit, last.epoch) else None

    def stands(self, unit, level, parent):
        need(level in PARENTS and (self.units[parent].level if parent else None) in PARENTS[level])
        need(province(unit) == province(parent) if parent else province(unit) == unit)

    def unit(self, made):
        need(token(made.id) and made.id not in self.units)
        self.alive(*filter(None, [made.parent]))
        self.stands(made.id, made.level, made.parent)
        self.units[made.id] = Record(level=made.level, parent=made.parent, ended=False)

    def unit_renamed(self, made):
        self.alive(made.id)
        need(made.name or made.official_code)

    def unit_moved(self, made):
        self.alive(made.id, made.parent)
        self.stands(made.id, self.units[made.id].level, made.parent)
        self.units[made.id].parent = made.parent

    def unit_ended(self, made):
        self.alive(made.id, made.successor, *made.parts)
        need(made.cause in ("abolished", "merged", "split") and made.id != made.successor)
        split = made.cause == "split"
        need(split == (len(set(made.parts)) > 1) and (not split or made.successor in made.parts))
        self.units[made.id].ended = True
        self.served = {unit: node for unit, node in self.served.items() if made.id not in (unit, node)}

    def zone(self, made):
        need(token(made.id) and made.id not in self.zones and made.id not in RESERVED and made.members)
        self.alive(*made.members)
        need(made.one_province or len(set(map(province, made.members))) > 1)
        self.zones[made.id] = Record(members=set(made.members), guests=set(), ended=False)

    def zone_redrawn(self, made):
        self.open(made.id)
        self.alive(*made.joined)
        need(made.name or made.joined or made.left)
        zone = self.zones[made.id]
        for unit in made.left:
            need(unit in zone.members)
            zone.members.remove(unit)
            zone.guests.discard(unit)
        for unit in made.joined:
            need(unit not in zone.members or unit in zone.guests)
            zone.members.add(unit)
            zone.guests.discard(unit)
        need(zone.members - zone.guests)

    def zone_ended(self, made):
        self.open(made.id, *made.parts)
        need(made.id not in made.parts and len(set(made.parts)) != 1)
        self.zones[made.id].ended = True

    def zone_granted(self, made):
        self.open(made.zone)
        self.alive(made.unit)
        zone = self.zones[made.zone]
        need(made.until_ms and (made.unit not in zone.members or made.unit in zone.guests))
        zone.members.add(made.unit)
        zone.guests.add(made.unit)

    def node(self, made):
        self.alive(made.unit)
        known, last = sum(self.nodes.values(), []), self.nodes.get(made.unit, [None])[-1]
        need(len(made.public_key) == 32 and all(made.public_key != other.public for other in known))
        need(not last or self.cuts_of(made.unit, last.epoch))
        epoch = last.epoch + 1 if last else 1
        need(made.epoch in (0, epoch))
        need(len(made.sealing_key) in (0, 32))
        nats = [key for key in (made.nats_key, made.nats_owner_key, made.nats_link_key) if key]
        need(len(set(nats)) == len(nats) and not any(set(nats) & set(other.nats) for other in known))
        waits = made.needs_confirmation and self.units[made.unit].level != "province"
        enrolled = Record(epoch=epoch, public=made.public_key, nats=nats, counts=not waits)
        self.nodes.setdefault(made.unit, []).append(enrolled)
        if not waits:
            self.served.pop(made.unit, None)
        if made.serves:
            self.serve(made.unit, made.serves)

    def node_confirmed(self, made):
        self.alive(made.unit)
        last = self.nodes.get(made.unit, [None])[-1]
        need(last and last.epoch == made.epoch and not last.counts)
        need(not self.cuts_of(made.unit, last.epoch))
        last.counts = True
        self.served.pop(made.unit, None)

    def service(self, made):
        self.alive(made.unit)
        need(made.unit in self.nodes)
        self.serve(made.unit, made.serves)

    def serve(self, node, units):
        self.alive(*units)
        for unit in units:
            need(self.served.get(unit, node) == node and unit != node and not self.counting(unit))
            need(province(unit) == province(node))
        others = {unit: by for unit, by in self.served.items() if by != node}
        self.served = {**others, **dict.fromkeys(units, node)}

    def issuing(self, made):
        self.alive(*filter(None, [made.unit]))
        self.open(*made.zones)
        need((made.level in PARENTS) != bool(made.unit) and (not made.unit or not made.level))
        need(made.category in CATEGORIES)

    def deadline(self, made):
        need(made.name in DEADLINES and made.seconds)

    def cut(self, made):
        need(made.cause in CAUSES and token(made.origin))
        epochs = [known for known in self.nodes.get(made.origin, []) if known.epoch == made.epoch]
        need(epochs and (made.nothing or len(made.last_hash) == 32))
        need((made.origin, made.epoch) not in [term[:2] for term in (self.terms[-1], self.next) if term])
        if made.cause == "new-epoch" and not self.cuts_of(made.origin, made.epoch):
            self.nodes[made.origin].append(Record(**{**vars(epochs[0]), "epoch": made.epoch + 1}))
        last = None if made.nothing else made.last_index
        self.cuts.append(Record(origin=made.origin, epoch=made.epoch, last=last, cause=made.cause))

    def have_signed(self, signers):
        return len(signers & set(self.named[0])) >= self.named[1]

    def founders(self, made, signers):
        need(not self.named or (made.last_head, made.last_hash) == self.named[2] and self.have_signed(signers))
        units, keys = ([getattr(one, field) for one in made.founders] for field in ("unit", "public_key"))
        self.alive(*units)
        need(all(len(key) == 32 for key in keys) and len(set(units)) == len(set(keys)) == len(keys))
        need(len(keys) < 2 * made.threshold <= 2 * len(keys))
        self.named = (keys, made.threshold, (self.head, self.leaf))

    def has_kept(self, unit, epoch):
        return (unit, epoch) in [term[:2] for term in self.terms]

    def is_enrolled(self, made):
        enrolled = self.counting(made.unit)
        return enrolled and (enrolled.epoch, enrolled.public) == (made.epoch, made.public_key)

    def registrar(self, made, _signers):
        unit, _, base = self.terms[-1]
        if made.signatures:
            # Its term began before: `Directory.replacing`.
            need((made.unit, made.last_head) == (unit, base))
            return
        self.alive(made.unit)
        need(made.unit != unit and self.is_enrolled(made) and not self.has_kept(made.unit, made.epoch))
        self.next = (made.unit, made.epoch, self.head)
