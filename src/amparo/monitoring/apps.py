from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "amparo.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        from amparo.monitoring import predicates

        predicates.register_all()
