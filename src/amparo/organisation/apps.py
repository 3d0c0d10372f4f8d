from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "amparo.organisation"
    label = "organisation"
