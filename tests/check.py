"""`make check`: runs every check, reports all of them, changes nothing."""

import os
import subprocess
import sys

CHECKS = {
    "format": ["ruff", "format", "--check", "--quiet", "src", "tests", "bench"],
    "lint": ["ruff", "check", "--quiet", "src", "tests", "bench"],
    "types": ["mypy", "--no-error-summary"],
    "layers": ["lint-imports", "--no-cache"],
    "migrations": [
        sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run",
        "--settings", "amparo.config.settings.test",
    ],
    "translations": [sys.executable, "-m", "tests.translations", "--check"],
    "words": [sys.executable, "-m", "tests.words"],
    "reference": [sys.executable, "-m", "amparo.config.reference", "--check"],
    "lock": [os.environ.get("UV", "uv"), "lock", "--check", "--quiet"],
}  # fmt: skip


def main() -> int:
    failed = []
    for name, command in CHECKS.items():
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        print(f"{name:<14}{'ok' if done.returncode == 0 else 'FAILED'}")
        if done.returncode:
            failed.append(name)
            print(done.stdout + done.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
