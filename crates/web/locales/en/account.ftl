# The account page.

account-title = My account
account-who = Officer
account-unit = Unit
account-roles = Roles
account-session = The session ends at
account-habits = How this browser shows the console
account-theme = Ground
account-theme-system = As the machine
account-theme-light = Light
account-theme-dark = Dark (night)
account-keys = Keys
account-on = On
account-off = Off
account-sound = Sound of urgent ones
account-language = Language
account-keep = Keep
account-password = Change the password
account-password-hint = Afterwards you sign in again everywhere; tokens end as well.
account-password-must = The password has to be changed first.
account-old = Password now
account-new = New password (12 characters at least)
account-again = The new password again
