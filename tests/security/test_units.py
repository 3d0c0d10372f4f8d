"""The units and the proxy of the manual: what systemd itself says of them, and that each is as closed as it claims."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

import amparo

MANUAL = (Path(__file__).parents[2] / "docs" / "how-to" / "run-door-and-desk.md").read_text(encoding="utf-8")
CLOSED = {
    "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes", "PrivateDevices": "yes",
    "NoNewPrivileges": "yes", "CapabilityBoundingSet": "", "IPAddressDeny": "any", "LimitCORE": "0",
}  # fmt: skip


def door_settings(name: str) -> int:
    """The door has settings of its own; its file is read, for another program's settings are loaded here."""
    file = Path(amparo.__file__).parent / "config" / "settings" / "door.py"
    first, _times, second = re.search(rf"(?m)^{name} = (.*)$", file.read_text(encoding="utf-8"))[1].partition(" * ")
    return int(first) * int(second)


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", MANUAL, re.DOTALL)


def units() -> dict[str, str]:
    """The door's unit as it is printed, and the desk's and the worker's as the manual says that they differ."""
    (door,) = blocks("ini")
    said = MANUAL.partition("`amparo-desk.service` is the same with")[2].partition("\n\n")[0].replace("\n", " ")
    desk = door
    for name, value in re.findall(r"`(\w+)=([^`]*)`", said.partition("`amparo-worker.service`")[0]):
        desk = re.sub(rf"(?m)^{name}=.*$", f"{name}={value}", desk)
    command = re.search(r"`amparo-worker.service` is the desk's with `ExecStart=([^`]*)`", said)[1]
    worker = re.sub(r"(?m)^ExecStart=.*$", f"ExecStart={command}", desk)
    return {"amparo-door": door, "amparo-desk": desk, "amparo-worker": worker}


@pytest.mark.parametrize("name", ["amparo-door", "amparo-desk", "amparo-worker"])
def test_each_unit_of_the_manual_is_understood_and_closed(name):
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read_string(units()[name])
    service = dict(unit["Service"])
    assert {key: service.get(key) for key in CLOSED} == CLOSED
    assert service["User"] in {"amparo-door", "amparo-desk"}
    assert service["ExecStart"].split()[1] == {"amparo-door": "door", "amparo-desk": "desk"}.get(name, "work")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
@pytest.mark.parametrize("name", ["amparo-door", "amparo-desk", "amparo-worker"])
def test_systemd_finds_nothing_wrong_with_it(tmp_path, name):
    text = re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", units()[name])
    file = tmp_path / f"{name}.service"
    file.write_text(re.sub(r"(?m)^EnvironmentFile=", "EnvironmentFile=-", text))
    done = subprocess.run(["systemd-analyze", "verify", str(file)], capture_output=True, text=True, check=False)
    about_us = [line for line in (done.stdout + done.stderr).splitlines() if file.name in line]
    assert about_us == []


def test_the_door_sees_nothing_of_the_desk():
    door = units()["amparo-door"]
    assert re.search(r"(?m)^InaccessiblePaths=.*/var/lib/amparo-desk", door)
    assert not re.search(r"(?m)^ReadWritePaths=.*amparo-desk", door)


def test_the_proxy_writes_nothing_down_at_the_door_and_says_who_called():
    (proxy,) = blocks("nginx")
    _clear, door, desk = proxy.split("server {")[1:]
    assert {"access_log off;", "gzip off;", "proxy_max_temp_file_size 0;"} <= {
        each.split("#")[0].strip() for each in door.splitlines()
    }
    for server in (door, desk):
        assert "proxy_set_header Host $host;" in server
        assert "proxy_set_header X-Forwarded-Proto https;" in server
        assert proxy.count("{") == proxy.count("}")
    assert "X-Forwarded-For $remote_addr" in door


def directives(text: str) -> dict[str, str]:
    """The last value of each directive, without its comment."""
    lines = (line.partition("#")[0].strip().rstrip(";") for line in text.splitlines())
    return {name: value for name, _blank, value in (line.partition(" ") for line in lines) if value}


def size(told: str) -> int:
    return int(told.rstrip("k")) * 1024


def test_the_proxy_lets_through_what_the_programs_take_and_not_more():
    (proxy,) = blocks("nginx")
    _clear, door, desk = map(directives, proxy.split("server {")[1:])
    assert size(door["client_max_body_size"]) == door_settings("DATA_UPLOAD_MAX_MEMORY_SIZE")
    assert size(desk["client_max_body_size"]) == settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert size(door["client_body_buffer_size"]) >= size(door["client_max_body_size"])


def test_the_proxy_names_the_hosts_that_the_programs_answer_for_and_their_ports():
    (proxy,) = blocks("nginx")
    _clear, door, desk = map(directives, proxy.split("server {")[1:])
    office, public = (host.replace(settings.DOMAIN, "example.org") for host in settings.ALLOWED_HOSTS[:2])
    assert set(desk["server_name"].split()) == {office, public}
    assert door["server_name"] == "door.example.org"
    for name, server in (("amparo-door", door), ("amparo-desk", desk)):
        port = re.search(r"--port (\d+)", units()[name])[1]
        assert server["proxy_pass"] == f"http://127.0.0.1:{port}"


def test_the_proxy_speaks_no_older_tls_and_sends_no_program_on_in_clear():
    (proxy,) = blocks("nginx")
    clear = proxy.split("server {")[1]
    assert directives(proxy)["ssl_protocols"] == "TLSv1.2 TLSv1.3"
    ciphers = directives(proxy)["ssl_ciphers"].split(":")
    assert all(cipher.startswith("ECDHE-") and ("GCM" in cipher or "CHACHA20" in cipher) for cipher in ciphers)
    assert set(directives(clear)["server_name"].split()) == {"door.example.org", "office.example.org", "example.org"}
    assert re.search(r"location /api/ \{[^}]*return 403;", clear)
    assert "return 301 https://$host$request_uri;" in clear
    assert "proxy_pass" not in clear


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")
def test_nginx_finds_nothing_wrong_with_it(tmp_path):
    (proxy,) = blocks("nginx")
    plain = proxy.replace("listen 443 ssl", "listen 127.0.0.1:8443").replace("listen 80", "listen 127.0.0.1:8080")
    plain = re.sub(r"(?m)^ssl_certificate.*$", "", plain)
    file = tmp_path / "nginx.conf"
    file.write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{plain}}}\n")
    subprocess.run(["nginx", "-t", "-c", str(file)], check=True, capture_output=True)
