# Border zones: the map, numbers, the neighbours.

zones-title = Border zones
zones-period = Counted over
zones-map = Map of the border zones
zones-list = Numbers by zone
zones-active = In force
zones-urgent = Urgent
zones-changed = New, changed
zones-hits = Hits
zones-unanswered = Unanswered
zones-newest = Newest
zones-hidden = What is hidden is in none of the numbers.
zones-told = { $zone }: { $active } alerts in force, { $urgent } urgent, { $hits } hits
zones-level-0 = none
zones-level-1 = few
zones-level-2 = some
zones-level-3 = most
zones-drawing = A drawing for reference, no legal boundary. Côn Đảo stands in a frame.
zones-neighbours = The neighbours
zones-behind = This node may not have all of its own log, so it signs nothing new yet.
zones-unit = Unit
zones-heard = Last heard
zones-ago = { $x } ago
zones-never = not since the start
zones-lacks-here = Missing here
zones-lacks-there = Missing there
zones-state = State
zones-well = well

period-day = 24 hours
period-week = 7 days
period-month = 30 days
period-year = 365 days

finding-silent = silent
finding-skew = its clock is off by more than two minutes
finding-fork = a fork
finding-went-back = it went back to an older state
finding-clone = a copy of it is running
finding-refused = what it sent lately was refused
