# The two commands that matter: `make site` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What decides what leaves: every branch of it is run by the tests.
GATE := site_builder/publication/gate.py,site_builder/disclosure/*,site_builder/privacy/*,site_builder/privacy/finder/*

.PHONY: help site publish preview test test-site test-push test-long coverage weekly handbook privacy bench standards lighthouse bless mutants lint lock outdated demonstration desk clean
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

site: $(VENV)/site.stamp ## build the whole site from the data in this repository
	@$(BIN)/campaign build || [ $$? = 3 ]  # 3: made, with counties held back whose errors it lists

publish: $(VENV)/$(if $(filter s3://%,$(TARGET)),s3,site).stamp ## check, build, verify and put in place: make publish TARGET=/srv/www
	@$(BIN)/campaign publish "$(TARGET)" || [ $$? = 3 ]  # 3: published, and it lists what is to be mended

preview: $(VENV)/site.stamp ## serve the site on this machine, rebuilding on change
	@$(BIN)/campaign preview

test: $(VENV)/test.stamp ## run every test, the browser ones too
	@.ci/test

test-site: $(VENV)/test.stamp ## run the tests of the site alone: of what stands in content/
	@.ci/test site

test-push: $(VENV)/test.stamp ## run what a push needs: both kinds, or the site's alone where this software has passed its own
	@.ci/test push

test-long: $(VENV)/test.stamp ## run every test in its long form, with all rounds: weekly, and before a release
	@CAMPAIGN_TEST_LONG=yes .ci/test

handbook: $(VENV)/site.stamp ## build the staff's handbook into handbook/: opens without a server or a network
	@$(BIN)/python .ci/handbook

privacy: $(VENV)/site.stamp ## look for personal numbers in the content, in every git object and in the built site
	@$(BIN)/campaign privacy

bench: $(VENV)/test.stamp ## measure speed against named alternatives; rewrites benchmarks/*.md
	@$(BIN)/python -m benchmarks
	@$(BIN)/python -m benchmarks.collecting
	@$(BIN)/python -m benchmarks.maps
	@$(BIN)/python -m benchmarks.disclosure
	@$(BIN)/python -m benchmarks.printing
	@$(BIN)/python -m benchmarks.rolling_back
	@$(BIN)/python -m benchmarks.lookup

standards: site $(VENV)/test.stamp ## build the site and validate it by validators of others; rewrites docs/standards.md
	@.ci/install-node-packages
	@$(BIN)/python tests/open_data/standards_table.py

lighthouse: $(VENV)/test.stamp ## measure each kind of page: slow 3G, bytes, Lighthouse; rewrites benchmarks/PAGES.md
	@npm ci --prefix benchmarks/lighthouse --loglevel=error
	@$(BIN)/python -m benchmarks.pages

bless: $(VENV)/test.stamp ## accept the present output as the expected one (tests/expected)
	@$(BIN)/python -m pytest tests -q --bless -m golden
	@$(BIN)/python .ci/problem-codes
	@$(BIN)/python .ci/stages
	@$(BIN)/python .ci/character-classes

coverage: $(VENV)/test.stamp ## measure what the tests run: no less than the floor in pyproject.toml, and all of the gate
	@$(BIN)/python -m pytest -q --numprocesses logical --dist loadfile --no-loadscope-reorder --cov --cov-report=
	@$(BIN)/coverage report
	@$(BIN)/coverage report --fail-under=100 --include="$(GATE)"

weekly: test-long coverage ## what the forges run once a week, and who makes a release before it

mutants: $(VENV)/test.stamp ## break the gate, the editions, the lint and the escaping on purpose; what no test notices is listed
	@$(BIN)/mutmut run
	@$(BIN)/mutmut results

lint: $(VENV)/test.stamp ## formatting, lint, types, workflows
	@.ci/lint

lock: $(VENV)/test.stamp ## lock the dependencies of pyproject.toml and package.json with hashes
	@.ci/lock

outdated: $(VENV)/test.stamp ## list the pins that have newer releases
	@.ci/outdated

demonstration: $(VENV)/site.stamp ## write the demonstration into content/ again (seeded: the same bytes)
	@$(BIN)/python -m demonstration content

desk: $(VENV)/site.stamp ## make the engine of the counties' desks in desk/, which `campaign kit` then puts in (needs Node)
	@.ci/desk

clean: ## remove everything that was built or installed
	rm -rf build .builds .cache .venv node_modules

$(BIN)/python:
	@.ci/make-venv $(PYTHON) $(VENV)

$(VENV)/site.stamp: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what the site needs (a minute or two, once)…"
	@.ci/install-locked $(VENV) requirements.lock
	@.ci/install-system-packages fonts-noto-cjk >/dev/null || true  # where that may not be, the build names what it lacks
	@touch $@

# What one target alone needs: 33 MB.
$(VENV)/s3.stamp: requirements-s3.lock $(VENV)/site.stamp
	@echo "Installing what publishing to S3 needs…"
	@.ci/install-locked $(VENV) requirements-s3.lock
	@touch $@

# System and npm packages are installed by .ci/test, so that a machine that may not install them still tests the rest.
$(VENV)/test.stamp: requirements-dev.lock $(VENV)/site.stamp
	@echo "Installing what the tests need (about a minute)…"
	@.ci/install-locked $(VENV) requirements-dev.lock
	@touch $@
