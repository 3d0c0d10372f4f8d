from django.apps import AppConfig


class RenewalsConfig(AppConfig):
    name = "amparo.organisation.renewals"
    label = "renewals"
