from django.apps import AppConfig


class MachinesConfig(AppConfig):
    name = "amparo.organisation.machines"
    label = "machines"
