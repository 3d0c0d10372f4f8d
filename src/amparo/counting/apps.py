from django.apps import AppConfig


class CountingConfig(AppConfig):
    name = "amparo.counting"
    label = "counting"

    def ready(self) -> None:
        from amparo.counting import folding

        folding.listen()
