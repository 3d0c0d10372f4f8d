from django.apps import AppConfig


class VocabularyConfig(AppConfig):
    name = "amparo.vocabulary"
    label = "vocabulary"
