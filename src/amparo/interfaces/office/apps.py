from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "amparo.interfaces.office"
    label = "office"
