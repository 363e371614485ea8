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

## Progress

progress = { $what } { $done } of { $total } ({ $percent } %)
progress-timed = { $what } { $done } of { $total } ({ $percent } %), { $elapsed } so far, about { $remaining } to go
progress-elapsed = { $what } { $done } of { $total } ({ $percent } %), { $elapsed } so far

## Sentences

accepted = { $alert }: event { $event } at position { $position }, to { $zones }
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

## Tasks

task-first-node = Make the first node, the registrar's, and run it
task-same-node = Name the node once for all commands of this shell
task-issue = Issue an alert: take an example, write what is to be said, release it
task-watch = Watch the live feed, or list what is in force
task-report-hit = Report that what an alert is about was found
task-answer-hit = Answer a hit on an own alert; the hit's id is in what is shown
task-withdraw = Withdraw an alert after the arrest
task-verify = Verify a log, a copy on a stick as well, against the anchor
