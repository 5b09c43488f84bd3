# make letters | make test | make check … ; `make help` lists all.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
NODE_STAMP := node_modules/.installed
APT_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 fonts-texgyre fonts-liberation
APT_TEST_PACKAGES := qpdf poppler-utils libreoffice-writer-nogui postgresql

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

letters: setup ## Set everything up and make the worked example's letters
	$(BIN)/letters issue imbauan/kampanye --date 2024-09-24
	@echo "Selesai. Surat ada di folder out/ ; daftar: $(BIN)/letters register list"

setup: system $(STAMP) ## Virtual environment, locked packages, system libraries and fonts

system: ## System libraries and fonts for PDF, through apt when allowed
	@tools/need-apt $(APT_PACKAGES)

test-system: system ## What the tests need besides: qpdf, poppler, LibreOffice, npm
	@tools/need-apt $(APT_TEST_PACKAGES)
	@command -v npm >/dev/null || tools/need-apt npm

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV) || { tools/need-apt python3-venv && $(PYTHON) -m venv $(VENV); }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(NODE_STAMP): package.json package-lock.json
	npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
	@touch $@

test: setup test-system $(NODE_STAMP) check ## Set up and run every check and test

check: lint types imports docs-check messages-check tests ## Everything but the set-up, as CI runs it

lint: ## Style and simple faults
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: ## Types, strictly
	$(BIN)/mypy

imports: ## Who may import whom
	$(BIN)/lint-imports --no-cache

docs-check: ## Generated documents are up to date
	$(BIN)/python -m tools.command_reference --check

messages-check: ## Both message catalogues are complete
	$(BIN)/python -m tools.messages --check

tests: ## All tests
	$(BIN)/pytest -n auto --dist loadscope

messages: ## Bring the message catalogues up to date
	$(BIN)/python -m tools.messages

docs: ## Write the generated documents
	$(BIN)/python -m tools.command_reference

contact-sheet: ## First page of every template on one picture, out/contact-sheet.png
	$(BIN)/python -m tools.contact_sheet

goldens: ## Rewrite the golden files; read the diff before you commit it
	$(BIN)/pytest tests/golden --accept -q

lock: ## Pin the dependencies anew
	$(BIN)/pip-compile --quiet --all-extras --all-build-deps --allow-unsafe --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-header --output-file requirements.lock pyproject.toml

bench: setup ## Measure against the peers side by side; writes benchmarks/RESULTS.md
	@tools/need-apt libreoffice-writer-nogui
	$(PYTHON) -m venv .cache/bench
	.cache/bench/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	PYTHONPATH=. $(BIN)/python benchmarks/bench.py --peers .cache/bench/bin/python $(BENCH)

clean: ## Remove what was made (not the register, not out/)
	rm -rf $(VENV) node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.PHONY: help letters setup system test-system test check lint types imports docs-check messages-check tests messages docs contact-sheet goldens lock bench clean
