# What people type. `make help` lists it.
BIN = .venv/bin
JOBS ?= $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
POT ?= var/messages.pot
PYTEST = $(BIN)/pytest -n $(JOBS) --dist worksteal

.PHONY: help install demo test test-all test-setup lint bench screenshots translations messages

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | expand -t 14

# A stamp file stands for what is installed; it is older than its causes when they change.
.venv/.made:
	python3 -m venv .venv
	@touch $@

.venv/.installed: .venv/.made pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/.installed-dev: .venv/.made pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch .venv/.installed $@

install: .venv/.installed ## .venv with what the application needs, in the versions of constraints.txt

demo: .venv/.installed ## five municipalities in a fresh database, served on 127.0.0.1:8000
	$(BIN)/portfolio demo $(ARGS)

# Compiled beforehand: every program that a test starts would compile all of it again where Python may write none.
test-setup: .venv/.installed-dev
	$(BIN)/python -m compileall -q portfolio
	$(BIN)/python -m tests.fixtures.install_browser

test: test-setup ## everything but the whole of the wide matrices, of which it runs samples
	$(PYTEST)

test-all: test-setup ## the wide matrices too
	$(PYTEST) -m "" --hypothesis-profile=whole

lint: .venv/.installed-dev ## ruff, mypy, import-linter, djlint, translations
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/pytest -q tests/gates/test_translations.py

bench: .venv/.installed-dev ## a table of what is measured against its goals, and benchmarks/results.json
	$(BIN)/python -m benchmarks

screenshots: test-setup ## the README's pictures, of the demo
	$(BIN)/python -m tests.screenshots

translations: .venv/.installed-dev messages ## collect texts, carry them into the catalogues, compile them
	$(BIN)/pybabel -q update -i $(POT) -d portfolio/translations --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 120
	$(BIN)/pybabel -q compile -d portfolio/translations

messages:
	@mkdir -p $(dir $(POT))
	@$(BIN)/pybabel -q extract -F portfolio/translations/babel.cfg -k N_ -k lazy_gettext -k say -k _ -k ngettext:1,2 -k say_plural:1,2 \
		--no-location --sort-output --omit-header -o $(POT) .
