# The feed and the list of alerts.

feed-title = Feed
feed-pause = Pause
feed-resume = Go on
feed-test-sound = Test the sound
feed-new = { $n } new
feed-zone = Zone
feed-all-zones = All my zones
feed-category = Category
feed-severity = Severity
feed-about = What
feed-about-alerts = Alerts
feed-about-hits = Hits
feed-all = All
feed-filter = Filter
feed-unfilter = No filter
feed-empty = Nothing yet.
feed-older = Older
feed-acknowledged = Acknowledged { $n }/{ $of }
feed-hits = { $n ->
    [one] { $n } hit
   *[other] { $n } hits
}
feed-flags = { $n } can't carry it out

alerts-title = Alerts
alerts-standing = Standing
alerts-issuer = Issued by
alerts-empty = No such alert.
alerts-more = Further
alerts-number = Number
alerts-headline = About
alerts-changed = Changed
alerts-expires = Expires
alerts-zones = Zones
alerts-who = Who has it

due-title = What is due
due-whose = Whose
due-mine = Mine
due-unit = My unit's
due-province = The province's
due-what = What
due-empty = Nothing is due.
due-who = Who must act
due-escalates = escalates { $x }
due-open = Open
due-do = Do it
due-begun = since
due-until = until

notices-title = Notices and directives
notices-situations = Situation notices
notices-directives = Directives
notices-empty = None.
notices-missing = Not acknowledged yet
notices-all = Every unit has acknowledged
notices-asked-nobody = Nobody is asked to acknowledge
