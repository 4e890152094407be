"""通知: what a person is told, through one outbox."""
