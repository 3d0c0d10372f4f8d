from django.apps import AppConfig


class CountingConfig(AppConfig):
    name = "amparo.counting"
    label = "counting"
