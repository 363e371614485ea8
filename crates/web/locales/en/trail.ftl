# Who was shown what.

trail-title = Access trail
trail-what = Whoever is shown what alerts say at this node is written down before it is shown. Officers are named by their ids.
trail-alert = Number of the alert
trail-officer = Officer
trail-unusual = To be looked at (the last 7 days)
trail-nothing-unusual = Nothing unusual.
trail-subjects = { $n ->
    [one] { $n } alert
   *[other] { $n } alerts
}
trail-empty = Nothing of that kind yet.
trail-when = When
trail-act = How
trail-shown = Alerts
trail-more = and { $n } more
trail-said = What was stated or typed
trail-purpose = purpose
trail-typed = what was typed
trail-nobody = a node without accounts
trail-erased = It was erased: its time has passed, or an alert that it found was erased.
trail-noted = That this was read is recorded, too.
