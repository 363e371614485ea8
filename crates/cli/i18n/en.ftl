# What the program says in English. `vi.ftl` has the same keys with the same arguments; a test
# compares them, and looks for each key in the program.

## Failures

error-label = error:
next-label = next:
no-dir = which node? Name its directory with --dir DIR, or once for all with GIAPRANH_DIR
no-runtime = the program can't wait for input and output
no-threads = the program can't start its threads
stdin-not-text = stdin can't be read as UTF-8 text
file-not-there = { $path } is not there
file-not-ours = { $path } may not be read by this user
file-not-understood = { $path }: { $why }
write-a-day = write a day that exists, such as 2020-10-29
http-status = The node answered with HTTP status { $status }.
node-not-running = the node of { $dir } is not running
node-of-another = the node of { $dir } belongs to another user; run this command as the user who runs it
node-broke-off = the node of { $dir } ended before it answered; whether a command was accepted is not known: look before you send it again
answer-cut = the node ended in the middle of its answer; ask again
answer-not-understood = the node's answer is not what this program expects; are both of one version?
request-not-written = the request can't be written
path-too-long = the path { $path } is too long for a socket; give the node a shorter directory
not-a-node = { $dir } is no node's directory: node.toml is missing
key-not-private = { $path } can be read by others; make it private
not-registrar = this node is of { $unit }; only the registrar's ({ $registrar }) founds the directory
founded-already = the directory was founded already (head { $head })
not-loopback = { $address } is not a loopback address; pages are served to this machine only
log-absent = there is no log at { $path }
not-a-log = { $path } is not a log of this program
log-exists = { $path } exists already; a node's state is never created twice
log-busy = another process writes { $path }; stop it first
before-the-first = nothing arrived before that time; the log begins later
beyond-the-end = the log ends at position { $head }; position { $asked } is not there
other-anchor = the log trusts the registrar { $found }, the anchor given is { $given }: it belongs to another cluster, or somebody replaced it
own-tree-incomplete = the log lacks events that its own node published ({ $tree }, index { $missing }), so its tree can't be made
key-of-another-log = the key is not the one that the log of { $unit } is signed with; give the node's own directory
exists-already = { $path } exists already and is not written over; choose another name
views-were-wrong = the views before had the digest { $digest }: they did not show what the log says; they do now

## Signing in

no-home = it is not known where the session is kept: neither HOME nor XDG_STATE_HOME is set
no-terminal = there is no terminal to ask for the password; give it as a line on stdin with --password-stdin
no-password = no password was given
password-again = The same again:
password-of = Password of { $login }:
password-old = Your password:
password-new = Your new password:
password-not-text = what was typed is not UTF-8 text
passwords-differ = the two are not the same; nothing was changed
broken-off = broken off; nothing was done
session-ended = the session of { $login } has ended; sign in again
session-unreadable = { $path } is not a session of this program; remove it and sign in again
session-goes-on = the session could not be ended at the node; it ends by itself at { $until }
token-ended = the token in { $path } is not taken: it has ended or was revoked
token-first = GIAPRANH_TOKEN_FILE is set: its token counts in place of the session
file-no-token = { $path } holds no token
not-signed-in = nobody has signed in
signed-in = signed in as { $id } of { $unit }, until { $until } at the latest
signed-out = { $login } has signed out
nobody-has-an-account = nobody has an account on this node yet: the owner of its socket does everything
password-to-change = the password has to be changed first: { $line }
who-acts = which officer does it? Sign in; or name the officer with --officer, while nobody has an account on the node
who-acts-two = which officers do it? Sign in; or name both with --drafted-by and --approved-by, while nobody has an account on the node
who-releases = another officer has to release it: at this desk with --approved-by-login LOGIN, or as a draft (giapranh draft)
problem-invalid = The command is invalid
problem-not-found = There is no such thing here
problem-forbidden = The unit may not do this
problem-conflict = It can't follow on what has happened
again-in = Try again in { $wait }.

## Officers and tokens

account-made = { $login } has an account: { $id }
account-changed = { $login } ({ $id }) is changed; roles: { $roles }
account-disabled = { $login } ({ $id }) is shut out; sessions and tokens have ended
account-must-change = { $login } has to change the password at the first sign-in
account-is-disabled = shut out
account-is-locked = locked until { $until }
account-is-new = has to change the password
no-such-officer = no officer here has the id or login { $typed }
password-given = { $login } has another password, and has to change it at the next sign-in
password-changed = the password is changed; every other session and every token of yours has ended
token-issued = token { $id }, until { $until }: nobody can show it again. Name its file with { $variable }
token-left = the token could not be written nor ended: { $line }
token-revoked = token { $id } has ended

## The life of an alert

content-not-here = what the alert { $alert } says is not here
no-misused-identity = no innocent person stands in the alert { $alert }
no-links = nobody has said that { $alert } belongs together with another alert
draft-open = a draft about { $alert } is open (version { $version }); go on with it, or discard it
draft-no-content = the draft about { $alert } has no content; discard it and write another one
draft-saved = { $alert }: version { $version } of the draft is kept
draft-to-submit = nobody is asked to release it yet: { $line }
draft-submitted = { $alert }: version { $version } of the draft waits for an approving officer
draft-returned = { $alert }: version { $version } of the draft goes back to who wrote it
draft-discarded = { $alert }: the draft, of version { $version }, is given up
draft-changes-nothing = the draft changes nothing
taken-out = (taken out)
acknowledged-by = { $unit }: { $officer }, version { $version }, { $moment }
nobody = nobody
flagged-by = { $unit }, { $moment }: { $why }

## Reports that are kept

line-broke = the node ended before it answered
hit-kept = { $why }. The report about { $alert } is kept, and is sent once: by itself after the next command that succeeds, or now
hit-not-kept = the report could not be kept ({ $why }): note it down
hit-of-another = { $who } reported it, and has to send it
hit-sent = the kept report about { $alert } was sent: event { $event }
hit-refused = the kept report about { $alert } was refused: { $why }
hits-left = kept reports that are not sent: { $count } ({ $line })
hits-none = no report is kept
hits-not-all = not every kept report was sent
hit-not-there = no report { $key } is kept
hit-became-sent = sent, at position { $position }
hit-became-refused = refused: { $why }
hit-became-waits = waits: { $why }

## Search

nothing-found = nothing was found; try fewer words, or the last four digits
too-many-found = there are more: narrow it by --born, --sex, --place or --category

## What is due

nothing-due = nothing is due
urgent = { $what } (urgent)
time-left = { $time } left
time-over = overdue by { $time }
time-escalated = overdue by { $time }, with the province's duty leadership
span-days = { $days } d { $hours } h
span-hours = { $hours } h { $minutes } min
span-minutes = { $minutes } min { $seconds } s
span-seconds = { $seconds } s

## Audit

write-a-moment = write a log position such as 120, a moment such as 2024-05-31T14:00:00+07:00, or a day
write-a-range = write two log positions, the smaller one first, such as 120..180
anchor-given = as given
anchor-of-log = the log's own: not proven
anchor-of-file = the file's own anchor: not proven
anchor-no-key = the anchor's 64 hexadecimal digits are no Ed25519 key
has-faults = { $file } has { $faults } faults
checkpoint-not-confirmed = { $file } does not confirm every checkpoint that was given
checkpoint-written = { $file }: { $tree }, { $events } events
verify-by-itself = --log-file goes with a checkpoint or a proof; this file is verified by itself
verify-own-checkpoints = --checkpoint is held against a log; an evidence file has its own checkpoints
note-alone = { $file } is { $what }: alone it proves nothing. Hold it against the log, or verify the evidence file that it came in
note-checkpoint = a checkpoint
note-inclusion = a proof of inclusion
note-consistency = a proof of consistency
proof-another-event = NO, the log has another event of that index
proof-no-event = NO, the log has no event of that index
proof-not-of-log = { $file } does not prove an event of the log
export-what = what is to be exported?
evidence-of-log = { $unit } (epoch { $epoch }, position { $position })
evidence-events = { $count }, { $proven } of them in a signed checkpoint
evidence-alert = every event about { $alert } that the log held
evidence-zone = every event of the zone { $zone } that the log held
evidence-range = positions { $from } to { $to } of the log
evidence-proof = events stand in a tree; that they are about { $alert } is the exporter's word
evidence-growth = the tree { $origin }/{ $epoch } only grew, from { $from } to { $to } events
diff-first = first
diff-second = second
diff-same = the same events, and the same is shown
diff-forked = somebody signed two events under one number: keep both logs as evidence
more-forks = … and { $count } more forks
more-in-json = … and { $count } more: --output json shows all
no-loud = NO

## Quarantine and what is held

from-the-file = the node is not running; this is from its log's file
message-left = message { $id } left, and its bytes with it; its hash and reason are kept
message-dropped = message { $id } lost its bytes, to make room; its hash and reason are kept
message-damaged = the bytes of message { $id } have the SHA-256 { $found }, not { $wanted }: the log is damaged
message-missing = there is no message { $id } in { $shelf } of { $log }
bytes-written = { $path }: { $size } bytes, SHA-256 { $sha256 }
bytes-dropped = { $size }, dropped to make room
file-exists = { $path } exists already, and nothing is written over
waits-for-key = the directory to enrol the key { $key }
waits-for-directory = the directory's head { $head }
waits-for-place = seq { $seq } of { $origin } in { $zone } (epoch { $epoch })
or = or
dropped = dropped
nothing = nothing
shelf-none = none of these; in { $shelf } lies, by reason: { $there }
became-at = { $outcome } at position { $position }
judged-was = { $moment }: was { $reason }, is { $became }
judged-stayed = { $times } times, last { $last }, and stayed
judged-nothing = nothing was judged again: nothing lies there
judged = judged again: { $count }, of which { $outcomes }

## Directory

write-a-head = write a day such as 2025-02-28, or a head such as head:12
write-until = write the end of a day such as 2026-12-31, or a moment such as 2026-12-31T14:00:00+07:00
write-a-hash = write 64 hexadecimal digits
write-a-part = write an id, a name and the members: a=Vùng A:unit,unit
directory-not-yet = the directory had no decision in force on { $day }
head-not-there = the directory's head is { $head }; head { $asked } is not there
head-of = { $head } (the newest is { $newest })
head-since = head { $head } (in force from { $day })
heads-same = { $first } and { $second } say the same
heads-differ = from { $first } to { $second }
epoch = epoch { $n }
range-zones = every zone that it is in
range-nowhere = nowhere
range-cluster = { $zones }, and the whole cluster
and-more = { $shown } and { $count } more
founders-of = { $keys }: { $count } of { $of } together name a registrar
unit-unknown = the directory knows no unit { $unit }
zone-unknown = the directory knew no zone { $zone } then
unit-before = until head { $until }: { $name }, code { $code }, under { $parent }
key-of-epoch = { $key }, epoch { $epoch }, since head { $head }
key-waits = waits for its province's word
key-cut = counts up to index { $index } ({ $cause }, head { $head })
key-void = nothing of it counts ({ $cause }, head { $head })
without-effect = none: it contradicted the directory
pending-nothing = nothing waits
pending-confirmation = These nodes wait for their province's word (giapranh directory confirm):
pending-cut = These nodes were closed, and nobody has said yet that their logs end there:
enrolled-already = the node of { $unit } has a key for epoch { $epoch } that still counts: let the node be closed, or say how far it counts (giapranh directory revoke)
not-closed = this node's log holds no event by which the node of { $unit } was closed in epoch { $epoch }
no-node = { $unit } has no node that counts by the directory
change-empty = change { $number } is empty
decision-missing = which decision is it? Say it with --decision TEXT, or in the file
nodes-not-closed = these nodes end by this step, and their closing has not arrived here: { $units }. Let each be closed and wait for it; for those that can't be any more, --last-known lets count what is here
step-contradicts = the step contradicts the directory
signatures = signatures: { $count }
proposal-of-a-registrar = this names a registrar, not founders: the node that it names says it
directory-taken = this node keeps the directory now, from head { $head } on
no-such-request = no request { $event } for a zone waits here
coverage = { $count } of { $of } borders across a line of provinces are in no common zone
node-closed = the node signs nothing more with this key. For new keys stop it and type: giapranh node rotate; for its successor: giapranh node handover
key-put-aside = the old key is { $path }: destroy it once the directory says everywhere how far it counts
taken-over = the log of { $unit }, { $events } events, of which { $appended } are new here, is kept as { $kept }
taken-refused = { $count } of them did not pass the gate and lie in quarantine

## Servers

rendered = { $servers }: as the directory is under head { $head }
rendered-same = nothing has changed
file-changed = changed: { $path }
file-written = written: { $path }
server-reloaded = { $server } has taken over its configuration
directory-not-whole = the directory does not know the node beside the server yet; once it has arrived, the server follows it
server-lacks = the server { $server } can't start without { $files }
server-gone = the server is kept no more
no-such-server = the topology has no server { $server }; it has { $there }

## Progress

progress = { $what } { $done } of { $total } ({ $percent } %)
progress-timed = { $what } { $done } of { $total } ({ $percent } %), { $elapsed } so far, about { $remaining } to go
progress-elapsed = { $what } { $done } of { $total } ({ $percent } %), { $elapsed } so far

## Sentences

accepted = { $alert }: event { $event } at position { $position }, to { $zones }
accepted-event = event { $event } at position { $position }, to { $zones }
founded = founded: { $units } units, { $zones } zones and { $nodes } nodes in { $events } events
attested-by = by the receipt at position { $position }, made { $moment }
attested-not = by no receipt yet
backed-up = { $file } holds the log up to position { $position }
is-registrar = this node is the registrar; the others are made with { $path }
more = there are more: --after { $next }
node-away = the node is away; waiting for it
node-back = the node is back
log-restored = this log ends before position { $position }: it is not the one that was watched, or it was restored; going on after position { $after }
rebuilt = rebuilt from { $events } events to position { $position }: { $digest }, { $compared }
rebuilt-first = there was nothing to compare with
rebuilt-same = the same as before
rebuilt-different = NOT the same as before
hits-open = { $hits } ({ $open } open)
report-not-here = not here yet; its answer is
reported-by = { $moment } by { $unit }
answer-none = none yet
yes = yes

## Healing

delivery-of-others = all that is here of { $alert } was published by others: ask them who holds it
delivery-newest = the newest event of { $alert } is held by { $held } of { $all } nodes
held-by-who-left = { $since }, no longer entitled
not-yet-held = not yet
no-auditor-key = an auditor's key has 64 hexadecimal digits
keys-granted = { $keys } keys granted in { $file }
no-access = nobody was shown that
nothing-unusual = nothing unusual
said-erased = its key was destroyed: what was said can't be read any more
erasure-by-time = its time
erasure-status = { $alert }: { $ground }, { $since }; { $done } of { $all } nodes have erased it
not-yet-erased = not yet
tail-is = own events: { $state }
tail-is-because = own events: { $state } ({ $reason })
no-peers = nobody else reads a zone of this node
heard-ago = { $seconds } s ago
never-heard = never
see-forks = somebody signed two events under one number: { $line }
no-forks = no fork was found
no-fork-of = no fork of { $unit } was found
decided-by = { $moment } by { $officer }: { $reason }
cut-after = counts up to index { $index } (head { $head })
cut-whole = nothing of the epoch counts (head { $head })
restored = the log of { $unit } is back, up to position { $position }
restored-next = nothing is signed until the stream was read and the peers were heard: { $line }
epoch-begun = { $unit } signs in epoch { $epoch } from now on; what comes back of the one before is late

## Tasks

task-first-node = Make the first node, the registrar's, and run it
task-same-node = Name the node once for all commands of this shell
task-sign-in = Sign in, see what is due, sign out
task-accounts = Give the first account, an administrator's, and those of the officers
task-draft = Write a draft, have it released by a commander
task-approve = Look at what waits, and release or return it
task-acknowledge = Acknowledge an urgent alert, or say that the unit can't act
task-hit-lost = Send a report that was kept because the line failed
task-token = Let a program act for an officer
task-issue = Issue an alert with two officers at one desk: take an example, write, release it
task-watch = Watch the live feed, or list what is in force
task-report-hit = Report that what an alert is about was found
task-answer-hit = Answer a hit on an own alert; the hit's id is in what is shown
task-withdraw = Withdraw an alert after the arrest
task-verify = Verify a log, a copy on a stick as well, against the anchor
task-enrol = Let a unit's node in: its request, the registrar's decision, its province's word
task-directory-then = See what the directory said on a day, and what has changed since
task-rotate = Give a node new keys
task-zone-request = Ask for a neighbour's zone, and grant it
task-delivery = See which units hold an alert, and whom the node hears
task-lost-log = Put back a lost log and let the peers give what it lacks
task-late = Go on in a new epoch, and let late events count
task-fork = Look at a log that forked, and decide
task-servers = Set up the NATS servers, and run one that follows the directory
