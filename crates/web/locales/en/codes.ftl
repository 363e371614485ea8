# What codes mean. One that is newer than the program is shown as it is.

category-wanted-person = Wanted person
category-travelling-offender = Travelling offender
category-vehicle = Vehicle
category-object = Object
category-identifier = Phone number, account
category-modus-operandi = Modus operandi
category-situation-notice = Situation
category-directive = Directive

severity-routine = Routine
severity-important = Important
severity-critical = Critical

action-arrest = Arrest
action-locate = Locate
action-observe = Observe discreetly
action-seize = Seize
action-check = Check
action-inform = Inform

warning-armed = Armed
warning-violent = Violent
warning-health = Health
warning-flight-risk = Flight risk

ground-wanted-decision = Wanted decision
ground-case-decision = Decision to open a case
ground-verification-request = Request for verification
ground-directive = Directive

wanted-ordinary = Wanted, ordinary
wanted-special = Wanted, special

sex-male = Male
sex-female = Female
sex-unknown = Not known

withdrawal-executed = Arrested
withdrawal-surrendered = Surrendered
withdrawal-died = Died
sealed-waiting = Sealed: waiting for the key
sealed-altered = Sealed: it does not open under its key
sealed-erased = What it said was erased
no-key-asked = It has been asked for and comes by itself as soon as a unit that holds it can be reached. If it is urgent, call the unit that issued the alert.
no-key-not-entitled = This unit is in none of the alert's zones any more, so nobody may grant it the key.
no-key-not-enrolled = The directory has no sealing key for this node, so nobody can grant it anything. The administrator sends the file of giapranh node request to whoever keeps the directory.
erasure-no-longer-needed = No longer needed
erasure-unlawful = Against the law
erasure-court-order = Ordered by a court or supervisor
erasure-subject-request = Asked by the person concerned
erasure-wrong-person = The wrong person
withdrawal-limitation-passed = Limitation passed
withdrawal-revoked = Decision revoked
withdrawal-error = Error
withdrawal-wrong-person = Wrong person

certainty-certain = Certain
certainty-probable = Probable
certainty-possible = Possible

urgency-routine = Routine
urgency-urgent = Urgent

answer-same = The same
answer-not-same = Not the same
answer-need-time = More time needed

draft-writing = Being written
draft-waiting = Waiting for release
draft-returned = Returned
draft-released = Released
draft-discarded = Discarded

outcome-arrested = Arrested
outcome-handed-over = Handed over
outcome-gone = Gone
outcome-let-go = Let go

relation-same-person = Same person
relation-same-series = Same series
relation-same-vehicle = Same vehicle

link-confirmed = Confirmed
link-proposed = Proposed
link-rejected = Rejected

duty-approve = Release a draft
duty-acknowledge = Acknowledge
duty-answer-hit = Answer a hit
duty-withdraw = Withdraw after an arrest
duty-review = Review

stage-begun = Waiting
stage-due = Overdue
stage-escalated = Escalated

role-duty = Duty officer
role-issuer = Issuing officer
role-approver = Approving officer
role-lead = Cluster lead
role-auditor = Auditor
role-administrator = Administrator

level-province = Province
level-district = District
level-commune = Commune

standing-awaited = Not all here yet
standing-active = In force
standing-hidden = Hidden
standing-expired = Expired
standing-withdrawn = Withdrawn

verdict-late = Late, without effect
verdict-disowned = Without authority
verdict-waiting = Waits for the directory
verdict-unreadable = Can't be read yet
verdict-unknown = Effect not known

kind-unknown = An event of a kind not known here
kind-alert-issued = Alert
kind-alert-issued-wanted-person = Wanted person
kind-alert-issued-travelling-offender = Travelling offender
kind-alert-issued-vehicle = Vehicle alert
kind-alert-issued-object = Object alert
kind-alert-issued-identifier = Phone number or account
kind-alert-issued-modus-operandi = Modus operandi bulletin
kind-alert-issued-situation-notice = Situation notice
kind-alert-issued-directive = Directive
kind-alert-amended = Amended
kind-alert-withdrawn = Withdrawn
kind-alert-withdrawn-wanted-person = Withdrawn
kind-alert-hidden = Hidden
kind-alert-erased = Erased
kind-erasure-confirmed = Erasure confirmed
kind-search-asked = Search
kind-access-noted = Access
kind-key-held = Key received
kind-keys-destroyed = Keys destroyed
kind-alert-revealed = Shown again
kind-alert-acknowledged = Acknowledged
kind-alert-flagged = Can't be carried out
kind-hit-reported = Hit
kind-hit-answered = Answer to a hit
kind-hit-concluded = Outcome of a hit
kind-link-proposed = Link proposed
kind-link-decided = Link decided
kind-draft-saved = Draft saved
kind-draft-submitted = Draft submitted
kind-draft-returned = Draft returned
kind-draft-discarded = Draft discarded
kind-due-noted = Reminder of what is due
kind-purpose-stated = Purpose of searches stated
kind-directory-changed = Directory changed
kind-enrolment-confirmed = Enrolment confirmed
kind-zone-requested = Zone requested
kind-node-closed = Node closed
kind-delivery-noted = Delivery noted
kind-fork-found = Forked log found
kind-fork-decided = Fork decided
kind-events-adopted = Late events adopted

zone-cluster = The whole cluster
zone-directory = Directory
zone-local = This node alone

access-view = view
access-list = list
access-search = search
access-export = export of keys
access-said = reading what was stated or typed
access-from-console = console
access-from-api = API
access-from-socket = command line
unusual-many-subjects = very many within an hour
unusual-night = at night
unusual-own-name = looked up the own name

purpose-report = Checking a report from the public
purpose-patrol = Check on patrol
purpose-pursuit = Pursuit of a wanted person
purpose-case = Investigation of a case
purpose-custody = Identifying a person in custody
purpose-inspection = Internal inspection
