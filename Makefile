# Everything a person runs, beside `giapranh` itself.

SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

CARGO ?= cargo
target_directory := $(or $(CARGO_TARGET_DIR),target)
nats_server := $(CURDIR)/.tools/nats-server
foreign_venv := .tools/foreign-venv
# Built for the tests as well: some of them start the programs themselves.
everything := --workspace --all-targets --locked
# Where the path of a single machine begins; what stands before keeps addresses and $root/ out.
machine_paths := (^|[^A-Za-z0-9_.$$})-])/(work|root|home|Users)/
not_ours := --exclude-dir=target --exclude-dir=.git --exclude-dir=.tools --exclude-dir=demo-run --exclude-dir=node_modules

say = @printf '\n== %s\n' "$(1)"

.PHONY: help tools foreign demo clean-demo test test-rust browser pictures test-long no-figures generate map vectors bench flamegraph lint lint-format lint-code \
	lint-docs lint-dependencies lint-scripts lint-paths

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

tools: ## Put a nats-server of a good version at .tools/nats-server
	@deploy/nats/install.sh

foreign: $(foreign_venv)/ready ## Put the Python of tests/foreign at .tools/foreign-venv

$(foreign_venv)/ready: tests/foreign/requirements.txt
	@command -v python3 >/dev/null || { \
		echo "python3 is missing: install Python 3.11 or newer, and its venv module (Debian: python3-venv)" >&2; exit 1; }
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$$(python3 --version) is too old: install Python 3.11 or newer" >&2; exit 1; }
	@python3 -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "python3 lacks its venv module: install it (Debian: apt install python3-venv)" >&2; exit 1; }
	$(call say,the Python of tests/foreign)
	@rm -rf $(foreign_venv) && python3 -m venv $(foreign_venv)
	@$(foreign_venv)/bin/python -m pip install --quiet --disable-pip-version-check -r $< || { \
		echo "the packages of $< can't be installed: pip has to reach an index, or a folder by PIP_FIND_LINKS" >&2; exit 1; }
	@touch $@

# TOPOLOGY says where the nats-servers stand; left out: one without accounts, the quickest to start.
demo_arguments = $(if $(TOPOLOGY),--topology $(TOPOLOGY)) $(if $(filter-out 0,$(ONCE)),--once)

demo: tools ## Run a small cluster on this machine; TOPOLOGY=single|cluster|leaf, ONCE=1 ends with the story
	$(call say,building the demonstration (the first time takes some minutes))
	@$(CARGO) build --profile demo --locked -p giapranh-cli --bin giapranh -p giapranh-tests --bin giapranh-demo
	$(call say,running it)
	@GIAPRANH_NATS_SERVER="$(nats_server)" "$(target_directory)/demo/giapranh-demo" $(demo_arguments)

clean-demo: ## Remove what the demonstration left in demo-run
	@rm -rf demo-run && echo "demo-run is gone"

test: test-rust browser ## Run every test but the long ones

test-rust: export GIAPRANH_PYTHON = $(CURDIR)/$(foreign_venv)/bin/python
test-rust: tools foreign
	$(call say,building programs and tests)
	@$(CARGO) build $(everything)
	@if $(CARGO) nextest --version >/dev/null 2>&1; then \
		printf '\n== tests (cargo-nextest)\n'; \
		GIAPRANH_NATS_SERVER="$(nats_server)" $(CARGO) nextest run --workspace --locked --no-fail-fast \
			$(if $(GIAPRANH_LONG),--profile long); \
	else \
		printf '\n== tests (cargo test; cargo-nextest is not installed)\n'; \
		GIAPRANH_NATS_SERVER="$(nats_server)" $(CARGO) test $(everything) --no-fail-fast; \
	fi
	$(call say,tests in the documentation)
	@GIAPRANH_NATS_SERVER="$(nats_server)" $(CARGO) test --doc --workspace --locked --no-fail-fast

# The demonstration as built for tests, in the browser that install.sh finds: it ends with 3 where there
# is none, having said why.
in_browser = tests/browser/install.sh || { [ $$? -eq 3 ] && exit 0; exit 1; }; \
	$(CARGO) build $(everything) || exit 1; \
	cd tests/browser && GIAPRANH_NATS_SERVER="$(nats_server)" CARGO_TARGET_DIR="$(abspath $(target_directory))"

browser: tools ## Run the tests of the console in a browser against the demonstration
	$(call say,the console in a browser)
	@$(in_browser) npm test --silent

pictures: tools ## Draw the pictures of the guide and the README anew
	$(call say,pictures of the console)
	@$(in_browser) npm run --silent pictures

# What the suites of faults leave behind, a line each.
figures := $(abspath $(target_directory))/figures.txt

test-long: export GIAPRANH_LONG = 1
test-long: export GIAPRANH_FIGURES = $(figures)
test-long: no-figures test ## Run every test, the long ones included, and print the figures of the faults
	$(call say,figures)
	@sort $(figures)

no-figures:
	@mkdir -p $(dir $(figures)) && rm -f $(figures) && touch $(figures)

# ONLY may name several groups; `target/release/giapranh-bench --list` tells them.
bench_arguments = $(foreach name,$(ONLY),--only $(name)) $(if $(filter-out 0,$(QUICK)),--quick)

bench: tools ## Measure beside this machine's floor; ONLY=ingest for one group, QUICK=1 for small sizes
	$(call say,building (as released))
	@$(CARGO) build --release --locked -p giapranh-cli --bin giapranh -p giapranh-bench --bin giapranh-bench
	$(call say,measuring)
	@GIAPRANH_NATS_SERVER="$(nats_server)" "$(target_directory)/release/giapranh-bench" \
		--dir "$(target_directory)/bench" $(bench_arguments)

flamegraph: tools ## Draw where the time of one group goes: ONLY=ingest
	$(call say,building (as released, with line tables))
	@$(CARGO) build --profile bench-run --locked -p giapranh-cli --bin giapranh -p giapranh-bench --bin giapranh-bench
	$(call say,measuring under perf)
	@GIAPRANH_NATS_SERVER="$(nats_server)" crates/bench/flamegraph.sh \
		"$(target_directory)/bench-run/giapranh-bench" "$(target_directory)/bench" "$(ONLY)"

map: ## Draw the outlines of the map of zones anew
	@python3 deploy/map/draw.py

vectors: ## Write the test vectors of docs/SPEC.md anew
	$(call say,vectors)
	@$(CARGO) build --locked -p giapranh-tests --bin giapranh-vectors
	@rm -rf docs/vectors
	@"$(target_directory)/debug/giapranh-vectors" docs/vectors
	@echo "docs/vectors holds $$(find docs/vectors -type f | wc -l) files"

generate: tools ## Write completions, man pages, docs/ACCESS.md, docs/openapi.json and the table of docs/SECURITY.md anew from the code
	$(call say,completions and man pages)
	@GIAPRANH_GENERATE=1 $(CARGO) test --locked -p giapranh-cli --bin giapranh -- --quiet generated
	$(call say,who may do what at a node)
	@GIAPRANH_GENERATE=1 $(CARGO) test --locked -p giapranh-web --test access -- --quiet document
	$(call say,the document of the API)
	@GIAPRANH_GENERATE=1 $(CARGO) test --locked -p giapranh-web --lib -- --quiet openapi
	$(call say,the life of an alert)
	@GIAPRANH_GENERATE=1 $(CARGO) test --locked -p giapranh-domain --test behaviour -- --quiet the_page_shows
	$(call say,who may do what at a NATS server)
	@GIAPRANH_GENERATE=1 GIAPRANH_NATS_SERVER="$(nats_server)" \
		$(CARGO) test --locked -p giapranh-feed --test isolation -- --quiet page

lint: lint-format lint-scripts lint-paths lint-code lint-docs lint-dependencies ## Check form, code, documentation and dependencies
	$(call say,nothing to complain about)

lint-format:
	$(call say,format)
	@$(CARGO) fmt --all --check

lint-code:
	$(call say,clippy)
	@$(CARGO) clippy $(everything) -- -D warnings

lint-docs:
	$(call say,documentation)
	@RUSTDOCFLAGS="-D warnings" $(CARGO) doc --no-deps --workspace --locked

lint-dependencies:
	$(call say,dependencies)
	@if $(CARGO) deny --version >/dev/null 2>&1; then \
		$(CARGO) deny --locked check; \
	else \
		echo "skipped: cargo-deny is not installed (licences, advisories and sources are not checked here)"; \
	fi

lint-scripts:
	$(call say,syntax of scripts)
	@for script in .ci/run $$(find deploy tests -name node_modules -prune -o -name '*.sh' -print); do \
		case $$(head -n 1 "$$script") in \
			*bash) bash -n "$$script" ;; \
			*/sh) sh -n "$$script" ;; \
			*) echo "$$script: its first line has to name sh or bash" >&2; false ;; \
		esac || exit 1; \
	done

# Files are searched rather than git's list of them: an unpacked archive has no git.
lint-paths:
	$(call say,paths of single machines)
	@grep -rnIE $(not_ours) '$(machine_paths)' . ; case $$? in \
		0) echo "the lines above name a path that only one machine has; make it relative" >&2; exit 1 ;; \
		1) ;; \
		*) exit 1 ;; \
	esac
