"""Systems of agencies that use the API: made by an administrator, answered for by a person, with keys of their own."""
