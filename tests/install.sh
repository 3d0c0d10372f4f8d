#!/bin/sh
# What the tests need beside Python: a PostgreSQL server's programs. Brought by apt where it is missing and possible.
set -u
if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1; then exit 0; fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq postgresql >/dev/null && exit 0
fi
if [ "${CI:-}" = true ]; then echo "PostgreSQL is missing and could not be installed." >&2; exit 1; fi
echo "NOTE: PostgreSQL is not installed; its tests will be skipped." >&2
