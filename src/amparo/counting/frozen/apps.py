from django.apps import AppConfig


class FrozenConfig(AppConfig):
    name = "amparo.counting.frozen"
    label = "frozen"
