# Gradient Descent, Step by Step. `make` alone lists what there is to do.

.DEFAULT_GOAL := help
.PHONY: help lab test lint claims figures photograph notebooks strip references bench \
    site slides pdf test-site pins test-oldest test-newest test-colab clean anew

PY := .venv/bin/python
READY := .venv/ready
SITE := .venv/site
NB ?= $(sort $(wildcard notebooks/*.ipynb))

# Jupyter refuses to run as root, which is who a reader is in most containers.
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s%s\n", $$1, $$2 }' Makefile
	@echo 'ARGS="…" is passed on, as in: make lab ARGS="--no-browser --port 8899"'
	@echo 'PYTHON=… sets up with that Python, 3.11 or newer, instead of the one found.'

lab: $(READY) ## open the course in JupyterLab
	$(PY) -m jupyterlab $(AS_ROOT) \
	    --LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb $(ARGS)

test: lint ## check everything that must hold
	$(PY) -m pytest $(ARGS)

lint: $(READY) ## check the form of code and notebooks alone
	$(PY) -m ruff check
	$(PY) -m ruff format --check

claims: $(READY) ## run every claim, the slow ones too, and write CLAIMS.md
	@$(PY) -m tests.claims

photograph: $(READY) ## photograph a dashboard for the README, in a Chromium
	@$(PY) -m tests.browser.photograph

figures: $(READY) ## draw every picture of figures/ anew
	@for script in figures/[!_]*.py; do $(PY) "$$script" || exit; done

notebooks: $(READY) ## run the notebooks and keep what they show (NB=… for some)
	@$(PY) -m tests.notebook.fresh $(NB)
	@$(STRIP)

strip: $(READY) ## drop from the notebooks what differs between machines
	@$(STRIP)

STRIP = $(PY) -m nbstripout --keep-output --keep-count --keep-id \
    --extra-keys metadata.language_info.version $(NB)

bench: $(READY) ## time gdlib beside its rivals
	$(PY) -m benchmarks $(ARGS)

site: $(SITE) ## build the book with its live pages and slides, in build/site
	@$(PY) -m book $(ARGS)

slides: $(SITE) ## build the slides alone, in build/slides
	@$(PY) -m slides $(ARGS)

pdf: $(SITE) ## print the built site into build/site/course.pdf
	@$(PY) -m book.pdf $(ARGS)

test-site: $(SITE) ## walk over the built site, its live pages and its slides
	$(PY) -m pytest -p no:nbval -o addopts="--import-mode=importlib" -n auto \
	    --dist=loadscope book/tests slides/tests $(ARGS)

references: $(READY) ## record what PyTorch, Keras and optax compute anew
	@$(THROW_AWAY) && "$$py" -m pip $(QUIET) install -r tests/references/requirements.txt \
	    && for script in tests/references/record*.py; do "$$py" "$$script" || exit; done

pins: $(READY) ## choose the exact versions of requirements.txt anew
	@$(THROW_AWAY) && "$$py" -m pip $(QUIET) install uv \
	    && "$$py" -m uv pip compile --quiet --universal --python-version 3.11 \
	    --fork-strategy fewest --upgrade --extra course --extra beyond --extra test \
	    --no-emit-index-url --custom-compile-command "make pins" -o requirements.txt \
	    pyproject.toml \
	    && "$$py" -m uv pip compile --quiet --universal --python-version 3.11 \
	    --fork-strategy fewest --upgrade --extra site -c requirements.txt \
	    --no-emit-index-url --custom-compile-command "make pins" \
	    -o book/requirements.txt pyproject.toml

test-oldest: ## run gdlib's tests and the notebooks with the lowest versions allowed
test-newest: ## the same with the newest versions of everything
test-colab: ## run the notebooks with the versions that Google Colab has

ELSEWHERE := tests/environments
test-oldest: CHOICE = --resolution lowest-direct -c $(ELSEWHERE)/oldest.txt
test-colab: CHOICE = -c $(ELSEWHERE)/colab.txt
test-oldest test-newest: EXTRAS = course,beyond,test
test-colab: EXTRAS = beyond,test
test-oldest test-newest: WHAT = tests/unit
# Colab's ipykernel warns of itself, so warnings are errors where they are the course's.
test-colab: WHAT = tests/unit/test_floors.py -o "filterwarnings=error:::(gdlib|tests)"

test-oldest test-newest test-colab: $(READY)
	@$(THROW_AWAY) && "$$py" -m pip $(QUIET) install uv \
	    && "$$py" -m uv pip install --quiet --python "$$py" $(CHOICE) -e ".[$(EXTRAS)]" \
	    && "$$py" -m pytest $(WHAT) notebooks $(ARGS)

clean: ## remove .venv and every cache
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis
	find . -type d \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune \
	    -exec rm -r {} +

# Set-up. $(READY) is written last and names the folder that it is good for: scripts
# in .venv hold its path, and its Python may be gone. .venv/unfinished stands there
# while the set-up runs, so that an interrupted one starts from nothing.

ANEW := $(shell [ ! -e $(READY) ] || \
    { [ -x $(PY) ] && grep -qxF "$(CURDIR)" $(READY); } || echo anew)

anew:
	@rm -rf .venv

$(READY): requirements.txt pyproject.toml $(ANEW)
	@rm -f $(READY)
	@[ ! -e .venv/unfinished ] && $(PY) $(IS_NEW) || { $(MAKE_VENV); }
	@echo "Installing what the course needs into .venv: a minute or two, only once."
	@touch .venv/unfinished
	@$(PY) -m pip $(QUIET) install -r requirements.txt -e . \
	    || { echo "The set-up stopped: see the lines above, then repeat."; exit 1; }
	@$(PY) -m jupyterlab.labextensions disable --level=sys_prefix $(NEWS) 2>/dev/null
	@$(PY) -c "import matplotlib.font_manager" 2>/dev/null
	@rm .venv/unfinished
	@printf %s "$(CURDIR)" > $(READY)

# The site needs more than the course: it is installed the first time that it is built.
$(SITE): $(READY) book/requirements.txt
	@echo "Installing what the site needs into .venv: a minute, only once."
	@$(PY) -m pip $(QUIET) install -r requirements.txt -r book/requirements.txt
	@[ ! -e $(LABS)/@jupyterlite ] || { mkdir -p $(LITE) && rm -rf $(LITE)/@jupyterlite \
	    && mv $(LABS)/@jupyterlite $(LITE); }
	@touch $(SITE)

# JupyterLite's kernel is an extension for JupyterLite alone: JupyterLab would load it,
# too, and report a fault on each of its pages.
LABS := .venv/share/jupyter/labextensions
LITE := .venv/share/jupyterlite/labextensions

# The list of fonts is made now, lest the first plot warn that it takes its time;
# JupyterLab's question about news would cover the first notebook.
NEWS := @jupyterlab/apputils-extension:announcements

QUIET := -qq --disable-pip-version-check --no-input

IS_NEW := -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11 python

define MAKE_VENV
new=; bare=; \
for py in $(if $(PYTHON),"$(PYTHON)",$(PYTHONS)); do \
  "$$py" $(IS_NEW) || continue; \
  bare=$$py; \
  "$$py" -c "import ensurepip" 2>/dev/null && { new=$$py; break; }; \
done; \
if [ -n "$$new" ]; then \
  rm -rf .venv && mkdir .venv && touch .venv/unfinished && "$$new" -m venv .venv; \
elif [ -n "$$bare" ]; then \
  echo "$$bare cannot make virtual environments: install its venv module" \
    "(on Debian and Ubuntu: sudo apt install python3-venv), then repeat."; exit 1; \
else \
  echo "Python 3.11 or newer is needed, and $(or $(PYTHON),python3) is not: install" \
    "one (python.org), or say where it is: make $@ PYTHON=/path/to/python"; exit 1; \
fi
endef

define THROW_AWAY
folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT INT TERM \
    && "$(or $(PYTHON),$(PY))" -m venv "$$folder" && py=$$folder/bin/python
endef
