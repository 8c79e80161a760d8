# Raazdar. Start with `make demo`; check everything with `make test`.

PYTHON ?= python3
BIN := .venv/bin
PACKAGES := chromium tesseract-ocr-urd fonts-liberation fonts-noto-core
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: help demo setup setup-dev system test check eval bench bench-speed performance setup-bench accuracy language fuzz lock screenshots clean

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: setup ## Start the local chat and the console on 127.0.0.1:8710
	@$(BIN)/raazdar demo

setup: .venv/.ready ## Make .venv with the command raazdar in .venv/bin

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Raazdar needs Python 3.11 or newer; call: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.ready: .venv/.made pyproject.toml requirements.lock
	@echo "Installing Raazdar into .venv …"
	@$(PIP) install --quiet --constraint requirements.lock --editable .
	@touch $@

setup-dev: .venv/.ready-dev

.venv/.ready-dev: .venv/.made pyproject.toml requirements.lock
	@echo "Installing Raazdar and what its tests need into .venv …"
	@$(PIP) install --quiet --constraint requirements.lock --editable '.[dev]'
	@touch .venv/.ready $@

system: ## Install the Debian packages that the tests need (as root)
	@missing=$$(for package in $(PACKAGES); do \
	    dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q "ok installed" || echo $$package; done); \
	  test -z "$$missing" || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; } \
	  || echo "not installed, and could not be:" $$missing "- the tests that need them will be skipped"

test: setup-dev system check ## Run all checks and tests
	@$(BIN)/python -m pytest --numprocesses auto
	@$(MAKE) --no-print-directory eval

eval: setup-dev ## Measure accuracy on the labelled messages; fail where a goal is missed
	@$(BIN)/raazdar eval --goals seeds/labelled/goals.yaml

bench: setup-dev system ## Measure how fast messages are judged, authors warned and files read; fail where a goal is missed
	@$(BIN)/python -m benchmarks.latency
	@$(BIN)/python -m benchmarks.beside_files
	@$(BIN)/python -m benchmarks.attachments
	@$(BIN)/python -m benchmarks.papers
	@$(MAKE) --no-print-directory bench-speed

bench-speed: setup-bench ## Measure how fast messages are judged, by Raazdar and by others (SPEED=--quick for few messages)
	@mkdir -p build
	@test ! -e .venv/.ready-bench || $(BIN)/python -m pytest benchmarks/speed/pieces.py -n0 --benchmark-json build/pieces.json --benchmark-columns=min,median,max,rounds
	@$(BIN)/python -m benchmarks.speed $(SPEED)

performance: setup-dev ## Write docs/performance.md and its charts from the last measurement
	@$(BIN)/python -m benchmarks.speed.page

setup-bench: .venv/.ready-bench

# Rivals that can't be installed are told as missing by the measurement.
.venv/.ready-bench: .venv/.ready-dev
	@echo "Installing the rivals into .venv …"
	@$(PIP) install --quiet --constraint requirements.lock --editable '.[dev,bench]' && touch $@ \
	  || echo "They can't be installed; only what is there is measured."

fuzz: setup-dev ## Try 20,000 generated texts on each property of the detectors (ten minutes or more)
	@$(BIN)/python -m pytest tests/detectors --hypothesis-profile=campaign --timeout=7200 -k "test_engine or test_normalise or test_gate_identity or test_alphabet or test_needs or test_shelves"

accuracy: setup-dev ## Write docs/accuracy.md from a measurement
	@$(BIN)/raazdar eval --goals seeds/labelled/goals.yaml --report docs/accuracy.md >/dev/null

language: setup-dev ## Learn config/language.yaml anew from the labelled messages
	@$(PIP) install --quiet --constraint requirements.lock --editable '.[dev,learn]'
	@$(BIN)/python benchmarks/learn_language.py

check: setup-dev ## Lint, types and architecture, in seconds
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

lock: setup-dev ## Write requirements.lock anew from pyproject.toml
	@$(PIP) install --quiet pip-tools
	@$(BIN)/pip-compile --quiet --upgrade --extra dev --strip-extras --no-header --no-emit-index-url \
	  --no-emit-find-links --no-emit-options --output-file requirements.lock pyproject.toml

screenshots: setup-dev system ## Take the README's pictures anew
	@$(BIN)/python docs/screenshots.py

clean: ## Remove the virtual environment and the caches (not var/)
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
