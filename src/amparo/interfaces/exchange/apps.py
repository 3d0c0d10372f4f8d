from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "amparo.interfaces.exchange"
    label = "exchange"

    def ready(self) -> None:
        from amparo.interfaces.exchange import predicates

        predicates.register_all()
