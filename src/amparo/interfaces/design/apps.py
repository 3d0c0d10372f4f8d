from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "amparo.interfaces.design"
    label = "design"
