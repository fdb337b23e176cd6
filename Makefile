# Lectern. `make run` is all a newcomer needs; `make help` lists the rest.

.DEFAULT_GOAL := help
.PHONY: help run build ctl test test-window race lint fmt bench fuzz shots clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## install what is missing, build, open Lectern (ARGS="…" are passed on)
	@.ci/start $(ARGS)

build: ## the desktop app: bin/lectern
	@.ci/build app

ctl: ## the command line without a window, one static file: bin/lecternctl
	@.ci/build ctl

test: ## all tests: those without a window, then the window's under Xvfb
	@.ci/test all

test-window: ## only the tests that open the real window
	@.ci/test window

race: ## the tests without a window, under the race detector
	@.ci/test race

lint: ## gofmt, go vet, staticcheck, golangci-lint
	@.ci/lint

fmt: ## format the Go files
	@gofmt -w $$(git ls-files --cached --others --exclude-standard '*.go')

bench: ## benchmarks (BENCH=regexp, PKG=packages)
	@.ci/bench

fuzz: ## every fuzz target for a while (FUZZTIME=30s each)
	@.ci/fuzz

shots: ## screenshots of every screen into shots/
	@.ci/shots

clean: ## remove what the targets above made
	rm -rf bin shots
