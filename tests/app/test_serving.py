"""A server that is told to stop finishes, and leaves without a word of alarm."""

import os
import signal
import subprocess
import sys
import urllib.request
from dataclasses import replace

from observatory.config import Settings
from tests.serving import PROJECT, free_port, wait_until_alive


def test_sigterm_ends_the_server_quietly(settings: Settings) -> None:
    here = replace(settings, port=free_port(), workers=2)
    with subprocess.Popen(
        [sys.executable, "-m", "observatory", "serve"],
        cwd=PROJECT,
        env={**os.environ, **here.as_variables()},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        address = f"http://127.0.0.1:{here.port}"
        wait_until_alive(address, process)
        with urllib.request.urlopen(f"{address}/api/v1/cities?limit=1") as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGTERM)
        told, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "SIGABRT" not in told
    assert "terminate" not in told
    assert "Traceback" not in told
