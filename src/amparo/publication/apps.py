from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "amparo.publication"
    label = "publication"

    def ready(self) -> None:
        from amparo.publication import predicates

        predicates.register_all()
