"""What codes of this area are called: lines of the time line (with the list their term is of), tasks, notices."""

from typing import Any

MOMENTS: dict[str, tuple[Any, str]] = {}
PLAIN: dict[str, Any] = {}
