"""The desk's settings for tests: databases of their own, keys made anew, cheap password hashes."""

import os
import tempfile
from pathlib import Path

os.environ["AMPARO_DATA"] = tempfile.mkdtemp(prefix="amparo-test-")  # each process of a parallel run has its own
os.environ.setdefault("AMPARO_HTTPS", "false")
os.environ.setdefault("AMPARO_VAULT_PASSPHRASE", "a passphrase for tests")

from amparo.config.settings.desk import *  # noqa: F403
from amparo.config.settings.desk import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ROOT_KEY_FILE = Path(os.environ["AMPARO_DATA"]) / "root.key"

# Files, as in life: SQLite's databases in memory refuse a second writer instead of letting it wait.
for _alias, _database in DATABASES.items():
    if "sqlite" in _database["ENGINE"]:
        _database["TEST"] = {"NAME": Path(os.environ["AMPARO_DATA"]) / f"test-{_alias}.sqlite3"}
        _database["OPTIONS"]["init_command"] = _database["OPTIONS"]["init_command"].replace("FULL", "OFF")
