"""What pages and actions ask about wishes, one module per question."""
