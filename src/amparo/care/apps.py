from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "amparo.care"
    label = "care"

    def ready(self) -> None:
        from amparo.care import predicates

        predicates.register_all()
