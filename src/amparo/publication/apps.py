from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "amparo.publication"
    label = "publication"
