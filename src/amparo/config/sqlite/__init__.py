"""Django's SQLite back end, with identifiers in sixteen bytes and composite keys without a second tree."""
