from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "amparo.care"
    label = "care"
