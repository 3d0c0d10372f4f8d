"""How much one source may ask for in an hour. Kept in memory only; an address is never written down."""

import hashlib
import ipaddress
import secrets
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from amparo.common import clock

_HOUR = 3600
_MOST = 50_000  # Sources remembered at once; about 10 MB.


@dataclass
class Buckets:
    """A token bucket for each source. A source is a keyed hash of a network's prefix; the key lives for one day."""

    day: date | None = None
    key: bytes = b""
    filled: dict[bytes, tuple[float, float]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def take(self, address: str, *, an_hour: int, burst: int) -> bool:
        """Whether one more is allowed from here now."""
        with self.lock:
            self._new_day()
            now, source = clock.now().timestamp(), self._source(address)
            left, since = self.filled.get(source, (float(burst), now))
            left = min(float(burst), left + (now - since) * an_hour / _HOUR)
            self.filled[source] = (left - 1 if left >= 1 else left, now)
            return left >= 1

    def _new_day(self) -> None:
        if self.day != clock.today() or len(self.filled) > _MOST:
            self.day, self.key, self.filled = clock.today(), secrets.token_bytes(32), {}

    def _source(self, address: str) -> bytes:
        try:
            version = ipaddress.ip_address(address).version
            network = ipaddress.ip_network(f"{address}/{24 if version == 4 else 56}", strict=False)  # noqa: PLR2004
            prefix = network.network_address.packed
        except ValueError:
            prefix = b""
        return hashlib.blake2b(prefix, key=self.key, digest_size=16).digest()
