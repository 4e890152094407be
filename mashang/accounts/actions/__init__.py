"""What can happen to an account, one module per subject.

`phones` for signing in by phone code and changing the phone, `staff` for password and second
factor, `devices` for ending sign-ins, `consents` for what people agreed to, `profile` for what
one says of oneself. Doors import the module and call the verb: `phones.ask_code(…)`.
"""
