"""What people are in the house. A role holds in one agency, and perhaps only in one team of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    INTAKE_OFFICER = "intake_officer", _("Intake officer")
    CASE_WORKER = "case_worker", _("Case worker")
    SUPERVISOR = "supervisor", _("Supervisor")
    SERVICE_PROVIDER = "service_provider", _("Service provider")
    POLICE = "police", _("Police")
    PROSECUTOR = "prosecutor", _("Prosecutor")
    STATISTICIAN = "statistician", _("Statistician")
    MONITOR_EDITOR = "monitor_editor", _("Monitor editor")
    REVIEWER = "reviewer", _("Reviewer")
    # Speaks up in law for a child victim who was treated as an offender (W3).
    LEGAL_FOCAL_POINT = "legal_focal_point", _("Legal focal point")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")
