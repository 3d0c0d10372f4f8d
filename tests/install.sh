#!/bin/sh
# What the tests need beside Python: a PostgreSQL server's programs, Chromium, nginx, and letters for all six languages.
# Brought by apt where they are missing and that is possible.
set -u
missing=""
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ] || missing="$missing nginx-light"
ls /usr/share/fonts/truetype/noto/NotoSansArabic* >/dev/null 2>&1 || missing="$missing fonts-noto-core"
ls /usr/share/fonts/opentype/noto/NotoSansCJK* >/dev/null 2>&1 || missing="$missing fonts-noto-cjk"
[ -z "$missing" ] && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    # The words of $missing are packages, one each.
    # shellcheck disable=SC2086
    apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
fi
if [ "${CI:-}" = true ]; then echo "Missing, and could not be installed:$missing." >&2; exit 1; fi
echo "NOTE: not installed:$missing. The tests that need them will be skipped, and say so." >&2
