from django.apps import AppConfig


class EstimatesConfig(AppConfig):
    name = "amparo.publication.estimates"
    label = "estimates"

    def ready(self) -> None:
        from amparo.publication.estimates import predicates

        predicates.register_all()
