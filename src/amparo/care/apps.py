from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "amparo.care"
    label = "care"

    def ready(self) -> None:
        from amparo.care import predicates
        from amparo.care.queries import referral_is_open
        from amparo.cases import objections

        predicates.register_all()
        objections.against("close", referral_is_open)
