from django.apps import AppConfig


class PostboxConfig(AppConfig):
    name = "amparo.intake.postbox"
    label = "postbox"
