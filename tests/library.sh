#!/bin/sh
# library.sh SOURCE BUILD: installs the build to a temporary place, builds docs/example with it, and runs that.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cmake --install "$2" --prefix "$place/installed" >/dev/null
cmake -S "$1/docs/example" -B "$place/example" -G Ninja -DCMAKE_PREFIX_PATH="$place/installed" >/dev/null
cmake --build "$place/example" >"$place/log" || { cat "$place/log"; exit 1; }
"$place/example/example" >"$place/out"
cat "$place/out"
grep -q 'CREATE INDEX CONCURRENTLY users_name_idx ON public.users' "$place/out"
grep -q 'ALTER TABLE public.users ALTER COLUMN name SET NOT NULL' "$place/out"
