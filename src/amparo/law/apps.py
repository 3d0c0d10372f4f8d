from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "amparo.law"
    label = "law"

    def ready(self) -> None:
        from amparo.law import predicates

        predicates.register_all()
