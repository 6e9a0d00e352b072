BIN := .venv/bin

.PHONY: help setup demo test check accept bench docs pictures lock

help:  ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

setup: .venv/ready  ## .venv with everything the other targets need

.venv/ready: requirements.lock pyproject.toml
	tools/venv.sh
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: setup  ## the main job on the invented sample, then the desk in a browser
	$(BIN)/tenderlight demo

check: setup  ## format, lint, types, import contracts
	$(BIN)/ruff format --check -q
	$(BIN)/ruff check -q
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache --no-logo

test: check  ## everything CI runs
	tools/debian.sh
	tools/wacz.sh
	$(BIN)/pytest --numprocesses 2 --dist loadgroup

accept: setup  ## write golden files for steps with a new version, then read `git diff`
	$(BIN)/pytest --accept tests/corpus/test_corpus_path.py tests/corpus/test_corpus_joined_golden.py

docs: setup  ## write the generated pages anew: METHOD.md, technologies, figures
	$(BIN)/python -m tools.docs

pictures: setup  ## pictures of every figure in docs/pictures/figures, from the sample
	$(BIN)/python -m tools.figure_pictures

bench: setup  ## measure all, or `make bench reading`, against the floors; writes docs/benchmarks.md
	tools/peers.sh
	$(BIN)/python -m bench $(filter-out bench,$(MAKECMDGOALS))

ifneq ($(filter bench,$(MAKECMDGOALS)),)
.PHONY: $(filter-out bench,$(MAKECMDGOALS))
$(filter-out bench,$(MAKECMDGOALS)): bench ; @:
endif

lock:  ## choose the newest versions again and write their hashes (needs `pip install uv`)
	uv pip compile -q --generate-hashes --no-header --no-annotate --python-version 3.11 \
	    --group dev --upgrade pyproject.toml -o requirements.lock
