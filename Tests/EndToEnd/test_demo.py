"""`portico demo` as a command: what it prints, what it needs, what it leaves behind."""

import signal
import socket
import subprocess

import pytest

from demonstration import Demonstration, binary, descendants, eventually, is_alive


@pytest.fixture
def own_demo():
    demonstration = Demonstration()
    yield demonstration
    demonstration.remove()


def test_it_says_what_to_do_and_works_twice_in_a_row(own_demo):
    for _ in range(2):
        own_demo.start()
        for text in [own_demo.url(), "company-a", "ann", "bob", "cleo", "Ctrl-C"]:
            assert text in own_demo.log
        assert own_demo.sql("SELECT count(*) FROM workspaces") == "2"
        commands = own_demo.state_file.with_name("commands")
        assert commands.stat().st_mode & 0o777 == 0o600 and f"{commands.parent.name}/commands" in own_demo.log
        script = '. "$0"; portico setup-link company-b'
        shown = subprocess.run(["sh", "-c", script, commands], capture_output=True, text=True, timeout=60, check=True)
        assert shown.stdout.startswith(own_demo.url("/.portico/setup/"))
        assert own_demo.stop() == 0
        assert not own_demo.state_file.exists() and not commands.exists()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_leaves_no_process_behind(own_demo, how):
    own_demo.start()
    started = descendants(own_demo.process.pid)
    assert len(started) > 5
    own_demo.stop(how)
    eventually(lambda: not any(is_alive(each) for each in started), "the end of every process")


def test_it_ends_with_the_command_that_started_it(own_demo):
    environment = own_demo.environment()
    parent = subprocess.Popen(
        ["sh", "-c", '"$0" demo & wait', binary()], cwd=own_demo.folder, env=environment,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    eventually(own_demo.state_file.exists, "the start", 120)
    started = descendants(parent.pid)
    parent.kill()
    parent.wait()
    eventually(lambda: not any(is_alive(each) for each in started), "the end of every process")


def test_a_taken_port_is_named_with_the_way_out(own_demo):
    with socket.socket() as squatter:
        squatter.bind(("127.0.0.1", own_demo.port))
        squatter.listen()
        result = subprocess.run(
            [binary(), "demo"], cwd=own_demo.folder, env=own_demo.environment(), stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=60,
        )
    assert result.returncode == 1
    assert f"port {own_demo.port} on 127.0.0.1 is taken" in result.stderr
    assert "PORTICO_LISTEN=127.0.0.1:" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_second_one_in_the_folder_is_refused(own_demo):
    own_demo.start()
    environment = own_demo.environment(PORTICO_LISTEN="127.0.0.1:0")
    result = subprocess.run(
        [binary(), "demo"], cwd=own_demo.folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, timeout=60,
    )
    assert result.returncode == 1
    assert "already runs" in result.stderr


@pytest.mark.parametrize("value", ["8080", "127.0.0.1:http", "127.0.0.1:70000"])
def test_an_address_that_is_none_is_refused(own_demo, value):
    result = subprocess.run(
        [binary(), "demo"], cwd=own_demo.folder, env=own_demo.environment(PORTICO_LISTEN=value),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
    )
    assert result.returncode == 1
    assert "PORTICO_LISTEN" in result.stderr


def test_it_uses_the_database_that_it_is_given(own_demo, demo):
    demo.sql("CREATE DATABASE given")
    given = demo.state["database_url"].replace("/portico?", "/given?")
    own_demo.start(PORTICO_DATABASE_URL=given)
    assert "cluster_folder" not in own_demo.state
    assert not (own_demo.folder / ".portico" / "postgresql").exists()
    assert own_demo.sql("SELECT count(*) FROM workspaces") == "2"
