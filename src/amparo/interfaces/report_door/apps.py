from django.apps import AppConfig


class ReportDoorConfig(AppConfig):
    name = "amparo.interfaces.report_door"
    label = "report_door"
