from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "amparo.linkage"
    label = "linkage"

    def ready(self) -> None:
        from amparo.linkage import predicates

        predicates.register_all()
