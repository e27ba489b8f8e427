"""The site that browsers are shown leaves nothing open when they go away."""

import gc
import shutil
import socket
import struct
import time
import warnings
from pathlib import Path

import pytest

from tests.e2e.showcase import showcase

_AT_ONCE = struct.pack("ii", 1, 0)
"""Hang up without a word: what was not read is thrown away."""


def test_a_browser_that_goes_away_leaves_no_file_open(
    sqlite_template: Path, tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    shutil.copy(sqlite_template, tmp_path / "showcase.sqlite3")
    warnings.simplefilter("always", ResourceWarning)
    with showcase(f"sqlite:///{tmp_path}/showcase.sqlite3", tmp_path) as site:
        port = int(site.address.rpartition(":")[2])
        for _ in range(20):
            with socket.create_connection(("127.0.0.1", port)) as browser:
                browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
                browser.sendall(b"GET /static/js/keys.js HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                time.sleep(0.005)
    gc.collect()

    assert [str(warning.message) for warning in recwarn if warning.category is ResourceWarning] == []
