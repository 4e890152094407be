"""帮扶记录: the ledger of what was given, and from which fund."""
