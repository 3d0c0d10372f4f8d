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
    "office:reports": P.REPORT_LIST,
    "office:report_take_in": P.REPORT_TAKE_IN,
    "office:report": P.REPORT_READ,
    "office:report_told": P.REPORT_READ,
    "office:report_contact": P.REPORT_REPORTER,
    "office:report_claim": P.REPORT_CLAIM,
    "office:report_release": P.REPORT_RELEASE,
    "office:report_triage": P.REPORT_HANDLE,
    "office:report_classify": P.REPORT_HANDLE,
    "office:report_answer": P.REPORT_HANDLE,
    "office:report_forward": P.REPORT_HANDLE,
    "office:report_close": P.REPORT_HANDLE,
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
    "office:acted": P.CASE_WRITE,
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
    "office:care": P.CARE_READ,
    "office:care_words": P.CARE_READ,
    "office:assess": P.CARE_WRITE,
    "office:hear_child": P.CARE_WRITE,
    "office:answer_child": P.CARE_WRITE,
    "office:plan": P.CARE_WRITE,
    "office:plan_approve": P.CARE_APPROVE,
    "office:plan_review": P.CARE_WRITE,
    "office:plan_close": P.CARE_WRITE,
    "office:plan_goal": P.CARE_WRITE,
    "office:plan_goal_end": P.CARE_WRITE,
    "office:plan_step": P.CARE_WRITE,
    "office:plan_step_done": P.CARE_WRITE,
    "office:refer": P.CARE_WRITE,
    "office:referrals": P.REFERRAL_LIST,
    "office:referral": P.REFERRAL_READ,
    "office:referral_accept": P.REFERRAL_ANSWER,
    "office:referral_decline": P.REFERRAL_ANSWER,
    "office:referral_delivered": P.REFERRAL_ANSWER,
    "office:referral_withdraw": P.CARE_WRITE,
    # Justice.
    # Figures.
    # The API.
}
