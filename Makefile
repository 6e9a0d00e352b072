BIN := .venv/bin

.PHONY: setup demo test check accept bench lock

setup: .venv/ready  ## .venv with everything the other targets need

.venv/ready: requirements.lock pyproject.toml
	python3 -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

check: setup  ## format, lint, types, import contracts
	$(BIN)/ruff format --check -q
	$(BIN)/ruff check -q
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

test: check  ## everything CI runs
	$(BIN)/pytest

accept: setup  ## write golden files for steps with a new version, then read `git diff`
	$(BIN)/pytest --accept tests/corpus/test_path.py

lock:  ## choose the newest versions again and write their hashes (needs `pip install uv`)
	uv pip compile -q --generate-hashes --no-header --no-annotate --python-version 3.11 \
	    --group dev --upgrade pyproject.toml -o requirements.lock
