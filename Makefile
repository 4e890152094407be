# Two commands are enough: `make run` (a demo at a printed address), `make test` (everything).
PYTHON ?= python3
BIN := .venv/bin

.PHONY: fmt
fmt:
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
