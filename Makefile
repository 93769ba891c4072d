# Two targets do everything on a fresh machine with Go, git and make:
#   make certify   build, run all scenarios, write out/, print the summary
#   make test      all tests, with the race detector
# The others are for people who work on esconform itself.

GO      ?= go
BIN     := bin/esconform
OUT     ?= out
PROFILE ?=
ARGS    ?=

# The matrix makes a synced ledger for each of some hundred runs: in memory where
# there is a file system for that.
FAST_TMP := $(if $(wildcard /dev/shm),TMPDIR=/dev/shm)

SOAK := $(GO) test -count 1 -timeout 60m -v

# Without a profile the embedded sandbox is the endpoint.
TARGET := $(if $(PROFILE),--profile $(PROFILE),--sandbox)

.PHONY: help certify test lint build static bench matrix-full soak deps clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile

certify: build ## run every scenario against the sandbox, or PROFILE=FILE; writes out/
	$(BIN) run $(TARGET) --out $(OUT) $(ARGS)

test: deps ## all tests with the race detector, then the kill matrix without it
	$(GO) test -race -timeout 20m ./...
	$(FAST_TMP) $(GO) test -run '^TestMatrix' -timeout 20m ./runner

lint: deps ## formatting, vet and static analysis
	@files=$$(gofmt -l $$(git ls-files '*.go')); if [ -n "$$files" ]; then echo "not gofmt-ed:"; echo "$$files"; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

build: ## build bin/esconform
	@.ci/deps build
	$(GO) build -trimpath -o $(BIN) ./runner/cmd/esconform

static: ## build without cgo for Linux, macOS and Windows
	for os in linux darwin windows; do CGO_ENABLED=0 GOOS=$$os $(GO) build -trimpath -o bin/static/$$os/ ./runner/cmd/esconform || exit 1; done
	CGO_ENABLED=0 $(GO) build ./...

bench: deps ## speed: judged exchanges beside a bare client, validation beside xmllint, reports, memory, start-up
	$(GO) test -run '^$$' -bench '^BenchmarkProcess' -benchtime 1x ./runner
	$(GO) test -run '^$$' -bench '^BenchmarkPaired' -benchtime 1x -timeout 20m ./runner
	$(GO) test -run '^$$' -bench . -benchtime 5x ./reports/html
	$(GO) test -run '^$$' -bench '^BenchmarkFiles' ./reports/junit

matrix-full: deps ## the kill matrix with every scenario under every deviation
	ESCONFORM_MATRIX=full $(FAST_TMP) $(GO) test -run '^TestMatrix' -count 1 -timeout 60m -v ./runner

soak: deps ## what CI runs small, at full size; prints what was done
	ESCONFORM_CROWD=100000 $(SOAK) -run '^TestACrowdedSite' ./runner/cli
	ESCONFORM_HOSTILE=100000 $(FAST_TMP) $(SOAK) -run '^TestGeneratedHostileResults' ./reports/junit
	ESCONFORM_MANIPULATIONS=10000 $(FAST_TMP) $(SOAK) -run '^TestEveryManipulation' ./reports/bundle
	ESCONFORM_KILLS=200 $(FAST_TMP) $(SOAK) -run '^TestARunThatIsKilledLeaves' ./runner/cli
	$(SOAK) -run '^TestAnUpdateOfAny' ./reports/known -rapid.checks=100000
	$(GO) run ./runner/cmd/esconform run --sandbox --only imses/volume --volume 10000 --out $(OUT)/soak

deps: ## install the system packages that are missing
	@.ci/deps

clean: ## remove what was built and written
	rm -rf bin out
