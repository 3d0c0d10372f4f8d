"""A published table in the formats that people and machines already use. Pure functions: a figure in, bytes out."""
