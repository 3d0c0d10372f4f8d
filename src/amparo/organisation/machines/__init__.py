"""Systems of agencies that use the API: made by an administrator, answered for by a person, each with keys of its own."""
