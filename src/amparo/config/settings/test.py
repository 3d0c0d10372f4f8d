"""The desk's settings for tests: databases in memory, keys made anew, cheap password hashes."""

import os
import tempfile
from pathlib import Path

os.environ["AMPARO_DATA"] = tempfile.mkdtemp(prefix="amparo-test-")  # each process of a parallel run has its own
os.environ.setdefault("AMPARO_HTTPS", "false")
os.environ.setdefault("AMPARO_VAULT_PASSPHRASE", "a passphrase for tests")

from amparo.config.settings.desk import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ROOT_KEY_FILE = Path(os.environ["AMPARO_DATA"]) / "root.key"
