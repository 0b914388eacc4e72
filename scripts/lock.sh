#!/bin/sh
# Re-makes the locks: every version that ./meihao installs, with the hashes of all its files, for Python 3.11 and newer.
# Versions that are still allowed stay as they are; `scripts/lock.sh --upgrade` takes the newest allowed ones.
# Needs the tool uv (pip install uv). Written: locks/run.txt, locks/web.txt, locks/postgres.txt, locks/test.txt, locks/dev.txt,
# locks/durable.txt.
set -eu
cd -- "$(dirname -- "$0")/.."
uv=$(command -v uv || echo .venv/bin/uv)
made_by="scripts/lock.sh"

compile() {  # compile OUTPUT ARGUMENTS...: a universal lock that names no index
  output=$1
  shift
  UV_CUSTOM_COMPILE_COMMAND=$made_by "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-strip-extras -o "$output" "$@"
  if grep -n '://' "$output"; then echo "$output names an address" >&2; exit 1; fi
}

compile locks/run.txt pyproject.toml locks/build.in "$@"
compile locks/web.txt pyproject.toml locks/build.in --extra web -c locks/run.txt "$@"
compile locks/postgres.txt pyproject.toml locks/build.in --extra web --extra postgres -c locks/web.txt "$@"
compile locks/test.txt pyproject.toml locks/build.in --extra test -c locks/postgres.txt "$@"
compile locks/dev.txt pyproject.toml locks/build.in --extra dev -c locks/test.txt "$@"
compile locks/durable.txt locks/durable.in "$@"
