from django.apps import AppConfig


class PublicSiteConfig(AppConfig):
    name = "amparo.interfaces.public_site"
    label = "public_site"
