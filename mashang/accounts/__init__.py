"""账号: who is at the keyboard, how they prove it, and what they consented to."""
