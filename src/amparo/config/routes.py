"""Every address of the desk and the permission it needs. An address that is not here does not exist."""

from typing import Final

from amparo.access.permissions import Permission as P

ANYONE: Final = "anyone"
SIGNED_IN: Final = "signed in"

ROUTES: dict[str, str] = {
    # The public site.
    "public:home": ANYONE,
    # Signing in, and one's own second factors and sessions: before the desk opens.
    "account_login": ANYONE,
    "account_logout": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "mfa_authenticate": ANYONE,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
    "usersessions_list": SIGNED_IN,
    # The office: where everybody begins.
    "office:day": P.DAY_READ,
    "office:glass": P.CASE_GLASS,
    "office:record": P.AUDIT_READ,
    # Reports.
    # Cases.
    "office:cases": P.CASE_LIST,
    "office:case": P.CASE_READ,
    "office:identity": P.REVEAL_IDENTITY,
    # Care.
    # Justice.
    # Figures.
    # Who works where.
    "office:agencies": P.ORGANISATION_READ,
    "office:agency": P.ORGANISATION_READ,
    "office:found-agency": P.ORGANISATION_WRITE,
    "office:add-team": P.ORGANISATION_WRITE,
    "office:add-person": P.ORGANISATION_WRITE,
    "office:give-post": P.ORGANISATION_WRITE,
    "office:end-post": P.ORGANISATION_WRITE,
    "office:lock": P.ORGANISATION_WRITE,
    # The API.
}
