#!/bin/sh
# Builds the wheel, installs it in a fresh environment outside the tree, and runs the suite against that installation.
# PYTHON is an interpreter with the tools of locks/run.txt (default .venv/bin/python). Arguments go to pytest.
set -eu
cd -- "$(dirname -- "$0")/.."
python=${PYTHON:-.venv/bin/python}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
pip="$work/venv/bin/python -m pip --disable-pip-version-check --quiet install"

"$python" -m pip --disable-pip-version-check --quiet wheel --no-deps --no-build-isolation -w "$work" .
"$python" -m venv "$work/venv"
$pip --require-hashes -r locks/test.txt
$pip --no-deps "$work"/meihao-*.whl
$pip --no-deps --no-build-isolation --no-cache-dir --require-hashes -r locks/durable.txt || echo 'durable_rules not built: reference engine' >&2

# -P keeps the tree off the path; pythonpath=. keeps engine/ off it.
MEIHAO_EXPECT_INSTALLED=1 "$work/venv/bin/python" -P -m pytest -o pythonpath=. -p no:cacheprovider tests "$@"
