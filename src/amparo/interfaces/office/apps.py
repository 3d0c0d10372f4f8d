from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "amparo.interfaces.office"
    label = "office"

    def ready(self) -> None:
        from amparo.interfaces.office import sessions

        sessions.keep_no_address()
