"""What pages and actions ask about applications and files, one module per question."""
