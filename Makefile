# make demo   installs into .venv and tailors the sample CV to a sample posting
# make test   the same environment with the development tools, and all tests
# make check  lint, format, types and import contracts
# make models rebuilds models/ and the tables and templates of data/ (needs ../shared)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED := $(or $(TAILOR_SHARED),../shared)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install -c constraints.txt
JOB := data/sample_posting_platform.txt

.PHONY: demo test check models picture clean

demo: $(VENV)/installed
	$(BIN)/tailor --job $(JOB) --cv data/sample_cv.md --out applications

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n auto

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

models: $(VENV)/installed-dev
	$(PIP) -e '.[training]'
	$(BIN)/python -m tailor.training.skill_aliases --lexicons $(SHARED)/lexicons --out data
	$(BIN)/python -m tailor.training.font_metrics --out data
	$(BIN)/python -m tailor.writing.template --out data
	$(BIN)/python -m tailor.training --postings $(SHARED)/postings/postings.jsonl.gz \
	    --resumes $(SHARED)/resumes/resumes.jsonl.gz --out models
	$(BIN)/python -m tailor.training.line_kinds --postings $(SHARED)/postings/postings.jsonl.gz --out models
	$(BIN)/python -m tailor.training.skill_phrases --skillspan $(SHARED)/bench/skillspan --out models
	$(BIN)/python -m tailor.training.ranking --shared $(SHARED) --out models

# The README's picture: needs LibreOffice and pdftoppm.
picture: demo
	soffice --headless --convert-to pdf --outdir applications applications/*.docx
	pdftoppm -png -r 80 -f 1 -l 1 -singlefile applications/Maren_Tolliver_*.pdf docs/page

# The stamps are what make looks at: a second run has nothing to do.
$(VENV)/installed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) -e .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(PIP) -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) applications build *.egg-info
