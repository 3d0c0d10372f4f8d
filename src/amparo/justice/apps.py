from django.apps import AppConfig


class JusticeConfig(AppConfig):
    name = "amparo.justice"
    label = "justice"

    def ready(self) -> None:
        from amparo.access.permissions import Permission
        from amparo.cases import erasure, lines, objections
        from amparo.justice import predicates
        from amparo.justice.queries import persons_named, proceeding_is_open

        predicates.register_all()
        objections.against("erase", proceeding_is_open)
        erasure.also(persons_named)
        lines.need(
            Permission.JUSTICE_READ, "proceeding_opened", "stage_begun", "stage_ended", "proceeding_ended",
            "proceeding_stalled", "person_noted", "person_judged", "child_sanctioned", "alarm_followed",
            "sanction_lifted",
        )  # fmt: skip
