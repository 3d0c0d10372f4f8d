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
    "set_language": ANYONE,
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
    "office:team": P.TEAM_READ,
    "office:seen": P.DAY_READ,
    "office:glass": P.GLASS_ASK,
    "office:walls": P.WALL_LIST,
    "office:lift": P.WALL_LIFT,
    "office:record": P.AUDIT_READ,
    # Reports.
    # Cases.
    "office:cases": P.CASE_LIST,
    "office:case": P.CASE_READ,
    "office:find": P.CASE_LIST,
    "office:register": P.CHILD_REGISTER,
    "office:incidents": P.CASE_READ,
    "office:told": P.REVEAL_NARRATIVE,
    "office:identity": P.REVEAL_IDENTITY,
    "office:placement": P.REVEAL_PLACEMENT,
    "office:place": P.CASE_WRITE,
    "office:risk": P.CASE_WRITE,
    "office:assign": P.CASE_ASSIGN,
    "office:close": P.CASE_CLOSE,
    "office:reopen": P.CASE_CLOSE,
    "office:missing": P.CASE_WRITE,
    "office:found": P.CASE_WRITE,
    "office:access": P.CASE_LOOKS,
    "office:looks": P.CASE_LOOKS,
    "office:share": P.CASE_SHARE,
    "office:revoke": P.CASE_SHARE,
    "office:wall": P.WALL_RAISE,
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
