# The page of an alert.

alert-version = version { $n }
alert-acknowledge = Acknowledge
alert-begin-amend = Amend
alert-begin-withdraw = Withdraw
alert-begin-hide = Hide
alert-begin-erase = Erase for good
alert-begin-reveal = Show again
alert-print = Print
alert-erased-at = { $n } nodes have confirmed that
alert-withdrawn = Withdrawn
alert-due = What is due
alert-facts = What it says
alert-hits = Hits
alert-who = Acknowledged
alert-delivery = Who has it
alert-held = held by { $n }, missing at { $missing }
alert-links = Links
alert-timeline = What happened
alert-versions = What the versions changed

add-hit = Report a hit
add-answer = Answer the hit
add-conclusion = Say how it ended
add-flag = Say that it can't be done
add-lifting = Say that it can be done now
add-link = Propose a link
add-decision = Decide about the link
add-look = Look at it before it is sent
add-leave = Leave
add-faults = Not sent yet; look at these fields again
add-sent = What will be sent
add-final = What is sent can't be taken back.
add-send = Send
add-edit = Change it
