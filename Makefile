# wenshu: the two commands a newcomer needs are `make demo` and `make test`.
# Every target builds with the same tags, so that SQLite is compiled once.

SHELL       := bash
.SHELLFLAGS := -eu -o pipefail -c

TAGS   := sqlite_math_functions,sqlite_fts5,sqlite_percentile,sqlite_stat4
export GOFLAGS     := $(strip $(filter-out -tags=%,$(GOFLAGS)) -tags=$(TAGS))
export CGO_ENABLED := 1

# Measuring data that is not part of the repository; tests that need it are
# skipped by name where it is not at hand.
export WENSHU_EVAL ?= $(abspath ../shared/eval)

# How large the demo company is that every engine holds, and every which
# conversation they are asked.
SCALE ?= 0.005
PART  ?= 8

# Only the lines that say something: packages, failures, skipped tests by name.
QUIET := { grep --line-buffered -vE '^ *(=== (RUN|PAUSE|CONT|NAME)|--- PASS)|^PASS$$' || true; }

.PHONY: demo build widget test opinions duckdb engines traps check fuzz bench bench-sql eval long clean

demo: build                      ## answer questions about the demo company
	@bin/wenshu demo

build:                           ## build bin/wenshu
	@go build -o bin/wenshu ./cmd/wenshu

widget:                          ## build the widget from api/web/src; needs node 20.19 or later and npm
	@cd api/web && npm ci --silent && npm run --silent build

api/web/node_modules:
	@cd api/web && npm ci --silent

.PHONY: screenshots
screenshots: build api/web/node_modules              ## pictures of the widget's states in screenshots/, for people to look at
	@bin/wenshu serve --addr 127.0.0.1:8089 2>/dev/null & server=$$!; trap "kill $$server" EXIT; \
	until curl -fs 127.0.0.1:8089/readyz >/dev/null; do kill -0 $$server; sleep 0.3; done; \
	cd api/web && WENSHU_DEMO=http://127.0.0.1:8089 node test/screenshots.mjs ../../screenshots

.PHONY: widget-timing
widget-timing: build api/web/node_modules ## how soon suggestions follow a key, and paint an interaction and the script, with the demo company; over its bound is an error
	@bin/wenshu serve --addr 127.0.0.1:8090 2>/dev/null & server=$$!; trap "kill $$server" EXIT; \
	until curl -fs 127.0.0.1:8090/readyz >/dev/null; do kill -0 $$server; sleep 0.3; done; \
	cd api/web && WENSHU_DEMO=http://127.0.0.1:8090 node test/timing.mjs

test:                            ## every test, with the race detector
	@go test -race -timeout 40m -v ./... 2>&1 | $(QUIET)

opinions:                        ## what other people's parsers of PostgreSQL and MySQL see in our statements; they take half a minute to build
	@go test -timeout 20m -count 1 -tags=$(TAGS),opinions -v ./sqlgen/opinions 2>&1 | $(QUIET)

duckdb:                          ## the warehouse's and drafts' tests with DuckDB linked in, which other builds leave out for its size
	@go test -race -timeout 40m -tags=$(TAGS),duckdb ./warehouse/... ./answer/draft 2>&1 | $(QUIET)

engines:                         ## part of the demo's questions on every engine that is at hand, against SQLite; all with SCALE=1 PART=1
	@go test -timeout 60m -tags=$(TAGS),duckdb -v -run TestEngines ./answer/asktest -engines -scale $(SCALE) -part $(PART) 2>&1 | $(QUIET)

traps:                           ## the traps of semantic layers by engine: those whose servers are set, SQLite and DuckDB
	@go test -count 1 -tags=$(TAGS),duckdb -v -run TestTrapsAsQuestions ./warehouse/conformance 2>&1 | $(QUIET)

conformance:                     ## MetricFlow's own cases at $$WENSHU_EVAL on every engine whose server is named: right, declined, wrong
	@go test -timeout 20m -count 1 -tags=$(TAGS),duckdb -v -run TestMetricFlow ./warehouse/conformance -full 2>&1 | { grep -vE '^ *(=== |--- PASS)|^PASS$$' || true; }

check:                           ## format, vet, staticcheck, import policy, style
	@.ci/check

.PHONY: robust
robust:                          ## 2,000 questions made by grammar, read back: right, different, declined by construct
	@go test -count 1 -v -run TestRobust ./answer/asktest -robust 2000 2>&1 | $(QUIET)

fuzz:                            ## every fuzz target for 10 seconds
	@.ci/fuzz 10s

bench:                           ## every benchmark, without the tests
	@go test -run '^$$' -bench . -benchmem ./...

bench-sql:                       ## the SQL of the compiler beside SQL written by hand, on a million order lines in PostgreSQL and DuckDB
	@go test -timeout 60m -tags=$(TAGS),duckdb -v -run TestSQLTime ./fixtures -sqltime 2>&1 | $(QUIET)

eval: build                      ## score the question sets at $$WENSHU_EVAL through drafted models
	@.ci/eval --quiet

long:                            ## every fuzz target for a minute, random questions and seeded faults, bots killed 200 times, every engine with the whole company, how soon statements end, how quick the widget is, every question reworded, 1,000 read in three processes, every test in shuffled order three times
	@.ci/fuzz 60s
	@go test -timeout 60m ./warehouse/conformance/reference -cases 100000 -faults
	@go test -timeout 60m -v -run TestKilledAtAnyMoment ./api/bot -kills 200 -deliveries 100000
	@$(MAKE) engines SCALE=1 PART=1
	@$(MAKE) widget-timing
	@go test -count 1 -tags=$(TAGS),duckdb -v -run TestStatementsEnd ./api -within 2s 2>&1 | $(QUIET)
	@go test -count 3 -shuffle on ./... 2>&1

clean:                           ## remove what was built
	@rm -rf bin .demo
