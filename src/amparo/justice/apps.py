from django.apps import AppConfig


class JusticeConfig(AppConfig):
    name = "amparo.justice"
    label = "justice"

    def ready(self) -> None:
        from amparo.cases import objections
        from amparo.justice.queries import proceeding_is_open

        objections.against("erase", proceeding_is_open)
