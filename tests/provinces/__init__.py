"""Several provinces in one installation: run by `make test-postgres`."""
