from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "amparo.organisation"
    label = "organisation"

    def ready(self) -> None:
        from amparo.organisation import signing

        signing.listen()
