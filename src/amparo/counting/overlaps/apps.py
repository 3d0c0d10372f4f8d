from django.apps import AppConfig


class OverlapsConfig(AppConfig):
    name = "amparo.counting.overlaps"
    label = "overlaps"
