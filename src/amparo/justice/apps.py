from django.apps import AppConfig


class JusticeConfig(AppConfig):
    name = "amparo.justice"
    label = "justice"

    def ready(self) -> None:
        from amparo.cases import erasure, objections
        from amparo.justice.queries import persons_named, proceeding_is_open

        objections.against("erase", proceeding_is_open)
        erasure.also(persons_named)
