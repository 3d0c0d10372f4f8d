from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "amparo.vault.keys"
    label = "vault_keys"
