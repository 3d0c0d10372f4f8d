"""The API: the same actions and queries as the desk's pages, in JSON. Its views translate and decide nothing."""
