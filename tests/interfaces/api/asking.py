"""Asking the API as a client does."""

API = "/api/v1"


def post(client, path: str, body=None, **headers):
    """POST JSON, or nothing at all."""
    sent = "" if body is None else body
    return client.post(f"{API}{path}", data=sent, content_type="application/json", headers=headers)


def get(client, path: str):
    return client.get(f"{API}{path}")
