"""Speed, measured beside a limit taken in the same run; `make bench` runs all of it."""
