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
    "office:justice": P.JUSTICE_READ,
    "office:justice_open": P.JUSTICE_WRITE,
    "office:justice_move": P.JUSTICE_WRITE,
    "office:justice_stage": P.JUSTICE_WRITE,
    "office:justice_end": P.JUSTICE_WRITE,
    "office:justice_person": P.JUSTICE_WRITE,
    "office:justice_verdict": P.JUSTICE_WRITE,
    "office:justice_name": P.REVEAL_INVESTIGATION,
    "office:justice_alarm": P.JUSTICE_WRITE,
    "office:justice_lift": P.JUSTICE_WRITE,
    # Figures.
    # The API.
    "api:openapi-json": P.DAY_READ,
    "api:me": P.DAY_READ,
    "api:vocabulary": P.DAY_READ,
    "api:scheme": P.DAY_READ,
    "api:agencies": P.ORGANISATION_READ,
    "api:day": P.DAY_READ,
    "api:glass": P.CASE_GLASS,
    "api:looks": P.AUDIT_READ,
    "api:cases": P.CASE_LIST,
    "api:case": P.CASE_READ,
    "api:time_line": P.CASE_READ,
    "api:incident": P.CASE_WRITE,
    "api:risk": P.CASE_WRITE,
    "api:assign": P.CASE_ASSIGN,
    "api:share": P.CASE_SHARE,
    "api:revoke": P.CASE_SHARE,
    "api:close": P.CASE_CLOSE,
    "api:reopen": P.CASE_CLOSE,
    "api:identity": P.REVEAL_IDENTITY,
    "api:justice": P.JUSTICE_READ,
    "api:open_proceeding": P.JUSTICE_WRITE,
    "api:proceeding": P.JUSTICE_READ,
    "api:move": P.JUSTICE_WRITE,
    "api:end_stage": P.JUSTICE_WRITE,
    "api:end_proceeding": P.JUSTICE_WRITE,
    "api:note_person": P.JUSTICE_WRITE,
    "api:verdict": P.JUSTICE_WRITE,
    "api:name": P.REVEAL_INVESTIGATION,
    "api:alarm": P.JUSTICE_WRITE,
    "api:lift": P.JUSTICE_WRITE,
}
