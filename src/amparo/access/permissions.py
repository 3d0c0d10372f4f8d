"""Every permission by name. What each needs stands in `policy`."""

from enum import StrEnum


class Permission(StrEnum):
    # A report comes in.
    REPORT_LIST = "report.list"
    REPORT_TAKE_IN = "report.take_in"
    REPORT_READ = "report.read"
    REPORT_CLAIM = "report.claim"
    REPORT_RELEASE = "report.release"
    REPORT_HANDLE = "report.handle"
    REPORT_REPORTER = "report.reporter"
    LETTER_LIST = "letter.list"
    # It becomes a case.
    CHILD_SEARCH = "child.search"
    CHILD_REGISTER = "child.register"
    CASE_LIST = "case.list"
    CASE_READ = "case.read"
    CASE_WRITE = "case.write"
    CASE_CONFIRM = "case.confirm"
    CASE_ASSIGN = "case.assign"
    CASE_CLOSE = "case.close"
    CASE_SHARE = "case.share"
    CASE_LOOKS = "case.looks"
    CASE_GLASS = "case.break_glass"
    GLASS_ASK = "glass.ask"
    WALL_RAISE = "wall.raise"
    WALL_LIFT = "wall.lift"
    WALL_LIST = "wall.list"
    GLASS_REVIEW = "glass.review"
    # Who the child is: one permission for each compartment of the vault.
    REVEAL_IDENTITY = "reveal.identity"
    REVEAL_PLACEMENT = "reveal.placement"
    REVEAL_NARRATIVE = "reveal.narrative"
    REVEAL_HEALTH = "reveal.health"
    REVEAL_INVESTIGATION = "reveal.investigation"
    # The child is cared for and heard.
    CARE_READ = "care.read"
    CARE_WRITE = "care.write"
    CARE_APPROVE = "care.approve"
    REFERRAL_LIST = "referral.list"
    REFERRAL_READ = "referral.read"
    REFERRAL_ANSWER = "referral.answer"
    # The law answers.
    JUSTICE_READ = "justice.read"
    JUSTICE_WRITE = "justice.write"
    # Children are counted, and figures leave.
    SNAPSHOT_TAKE = "snapshot.take"
    SNAPSHOT_OPEN = "snapshot.open"
    RELEASE_LIST = "release.list"
    RELEASE_DRAFT = "release.draft"
    RELEASE_CHECK = "release.check"
    RELEASE_WITHDRAW = "release.withdraw"
    # Trust.
    DAY_READ = "day.read"
    TEAM_READ = "team.read"
    AUDIT_READ = "audit.read"
    CASE_HOLD = "case.hold"
    ERASURE_REQUEST = "erasure.request"
    ERASURE_LIST = "erasure.list"
    ERASURE_CONFIRM = "erasure.confirm"
    # The house itself.
    ORGANISATION_READ = "organisation.read"
    ORGANISATION_WRITE = "organisation.write"
    DIRECTORY_WRITE = "directory.write"
    # Files in and out.
    IMPORT_CASES = "import.cases"
    CASE_FILE = "case.file"
    EXPORT_REQUEST = "export.request"
    EXPORT_APPROVE = "export.approve"
    EXPORT_WRITE = "export.write"
    # What the system does by itself.
    DOOR_EXCHANGE = "door.exchange"
    LABELS_RERUN = "labels.rerun"
    CLOCKS_RUN = "clocks.run"
