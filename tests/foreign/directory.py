"""The directory: section 10 of docs/SPEC.md, and step 3 of section 15.

It is made of the registrars' words. All that are heard are kept: the founders may name another registrar,
and then what counts is told anew from the first word on.
"""
import copy

from record import attempt, enrol, holds, is_key, need, read
from state import State


def read_word(event):
    links, header = event.header.links, event.header
    need([link.zone for link in links] == ["directory"] and header.kind == "directory.changed")
    need(event.form == "plain")
    return Word(event.payload.plain, event.leaf, (*event.run, links[0].seq))


class Word:
    """What somebody says to the directory: the payload of an event, its leaf hash and its place."""

    def __init__(self, payload, leaf, place):
        self.said, self.leaf, self.place = read("DirectoryChanged", payload), leaf, place

    def signers(self, at):
        """The keys whose signatures under the statement in a change hold."""
        form = self.said.changes[at].WhichOneof("form")
        made = getattr(self.said.changes[at], form)
        if form == "registrar":
            text = f"unit {made.unit}\nepoch {made.epoch}\nkey {made.public_key.hex()}\n" \
                   f"after {made.last_head}\nleaf {made.last_hash.hex()}\n"
        else:
            text = f"after {made.last_head}\nleaf {made.last_hash.hex()}\nthreshold {made.threshold}\n" + "".join(
                f"founder {founder.unit} {founder.public_key.hex()}\n" for founder in made.founders)
        text = f"giapranh/v1/{form}\n{text}".encode()
        return {by.public_key for by in made.signatures
                if is_key(by.public_key) and holds(by.public_key, by.signature, text)}

    def statement(self):
        """The founders' word that its unit keeps the directory, and who signed it."""
        if self.place[2] == 1:
            for at, change in enumerate(self.said.changes):
                if change.WhichOneof("form") == "registrar" and change.registrar.signatures:
                    return change.registrar, self.signers(at)
        return None


class Directory:
    """What the registrars say, beginning with the anchor."""

    def __init__(self, registrar, public):
        self.anchor, self.words, self.now, self.keys = (registrar, public), {}, State(registrar), {}
        self.renew()

    def hear(self, event):
        """Takes an event without a fault, whoever's it is."""
        word = attempt(read_word, event)
        if word is None or word.place in self.words:
            return
        self.words = {**self.words, word.place: word}
        statement = word.statement()
        if statement and statement[0].last_head < self.now.head:
            self.now = State(self.anchor[0])
        self.advance()
        self.renew()

    def after(self, event):
        """The state, if it heard that event."""
        other = copy.copy(self)
        other.hear(event)
        return other.now

    def advance(self):
        while True:
            term = self.replacing()
            if term:
                self.now = copy.copy(self.now)
                self.now.terms, self.now.replaced_at = self.now.terms + [term], self.now.head
                continue
            unit, epoch, base = self.now.terms[-1]
            word = self.words.get((unit, epoch, self.now.head - base + 1))
            if not word:
                return
            self.now, _ = self.now.take(word)

    def replacing(self):
        """The term of a registrar whom the founders name after this head."""
        now = self.now
        if not now.named or now.replaced_at == now.head:
            return None
        for place, word in sorted(self.words.items(), reverse=True):
            made, signers = word.statement() or (None, None)
            follows = made and (made.last_head, made.last_hash) == (now.head, now.leaf)
            if follows and now.have_signed(signers) and (made.unit, made.epoch) == place[:2] \
                    and now.is_enrolled(made) and not now.has_kept(*place[:2]):
                return (*place[:2], now.head)
        return None

    def objections(self, event, head, before):
        """What is wrong with an event as the one that makes a head; before it came another, with its head."""
        terms, after = self.now.terms, self.after(event)
        goes_on, base = after.terms[:len(terms)] == terms, terms[-1][2]
        keeps = event.run == terms[-1][:2]
        if not keeps and goes_on and (*event.run, self.now.head) in after.terms[len(terms):][:1]:
            keeps, base = True, self.now.head  # the founders say so
        codes, first = set() if keeps else {"chain"}, head == base + 1
        links = [link for link in event.header.links if link.zone == "directory"]
        if not links:
            codes |= {"chain"}
        elif links[0].seq + base != head:
            codes |= {"name"}
        elif (before[0] if before else 0) != head - 1:
            codes |= {"chain"}
        elif links[0].prev != (bytes(32) if first else before[1].leaf):
            codes |= {"chain"}
        if before and not first and event.header.index <= before[1].header.index:
            codes |= {"chain"}
        if not codes and self.now.head == head - 1 and not (goes_on and after.head == head):
            codes |= {"chain"}
        return codes

    def renew(self):
        """The keys that are enrolled now; what was a key stays one."""
        self.enrolled = enrol({}, *self.anchor, 1)
        for unit, enrolments in self.now.nodes.items():
            for enrolled in enrolments:
                enrol(self.enrolled, unit, enrolled.public, enrolled.epoch)
        self.keys = {**self.keys, **self.enrolled}

    def beyond(self, events):
        """Which of these events, by place, count for nothing, and what that makes of them."""
        found = {}
        for place, event in events.items():
            if "directory" in event.zones or event.header.kind == "directory.changed":
                if not self.is_counted(event):
                    found[str(place)] = "disowned"
            elif not event.local and event.header.directory_seq <= self.now.head:
                causes = {cut.cause for cut in self.now.cuts_of(*event.run)
                          if cut.last is None or event.header.index > cut.last}
                if causes:
                    found[str(place)] = "late" if causes == {"new-epoch"} else "disowned"
        return found

    def is_counted(self, event):
        """Whether a word is one of a registrar's before its term ends."""
        ends = [base for _, _, base in self.now.terms[1:]] + [2**64]
        return event.zones == ["directory"] and event.header.kind == "directory.changed" and any(
            (unit, epoch) == event.run and base + event.header.links[0].seq <= end
            for (unit, epoch, base), end in zip(self.now.terms, ends))


def effects(beginning, words):
    """Which of these payloads have effect, said by one registrar after the beginning."""
    state, found = State("hcm"), []
    for seq, payload in enumerate(beginning + words, 1):
        state, effect = state.take(Word(payload, bytes(32), ("hcm", 1, seq)))
        found.append(effect)
    return found[len(beginning):] if all(found[:len(beginning)]) else None
