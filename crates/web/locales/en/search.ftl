# Search.

search-title = Search
search-box = Name, plate, phone number, account, any words
search-year = Year of birth
search-sex = Sex
search-place = Residence, where seen
search-number = Number of the alert
search-born = born { $x }
search-purpose-stated = This session's purpose was recorded at
search-purpose-title = What is the search for?
search-purpose-why = Asked once a session. The purpose is recorded in the unit's log, to be looked at later. Each search is recorded too, sealed.
search-purpose-of = Purpose
search-purpose-usual = Choose, or type below
search-purpose-hint = For example: to check what somebody told us about a stranger at the bus station.
search-case = Number of the case, if there is one
search-purpose-go = Go on to the search
search-hint = Type it as people say it or as the paper has it: without marks, in any order; a question mark for a character that could not be read.
search-nothing = Nothing was found. Try fewer words, no marks, or the last four digits.
search-nothing-narrowed = Nothing was found. Try with fewer conditions.
search-too-many = There are more: narrow it by year of birth, sex, place or category.

how-exact = as typed
how-same-number = the same number, written otherwise
how-spelling = the other spelling
how-marks = other marks
how-order = another order
how-unread = a character could not be read
how-order-marks = another order, other marks
how-within = part of it
how-within-marks = part of it, other marks
how-part = beginning or end of the number
how-one-off = one character off
how-word-more = a word more
how-within-one-off = part of it, one character off
how-words = these words are in it
