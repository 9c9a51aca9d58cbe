# Two commands matter: `make run` and `make test`. The scripts are in .ci/.

.PHONY: help run dev test check build bench tools

help: ## This list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: ## Build, put demonstration content in, serve on http://127.0.0.1:3000
	@.ci/serve

dev: ## The same with quick builds, again after every change
	@.ci/dev

test: ## Everything: cores, services and pages on both databases, browser, accessibility, sizes
	@.ci/test

check: ## Format, lints, the wall, languages, sizes (minutes)
	@.ci/check

build: ## Fill dist/: the program and the site's files
	@.ci/build

bench: ## How fast and how small
	@.ci/bench

tools: ## Install the pinned tools into the user's cache
	@.ci/tools
