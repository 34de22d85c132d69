"""What the server does before anybody sees a page, as .streamlit/config.toml says it."""

import os
import pty
import select
import subprocess
import sys
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_without_a_sign_in_the_server_listens_on_this_machine_alone() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["server"]["address"] == "127.0.0.1"


def test_a_browser_lists_no_files_while_a_fresh_server_has_not_run_the_frame_yet() -> None:
    # Streamlit would list those of pages/ at the side, by their names, until the frame says which pages there are.
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["client"]["showSidebarNavigation"] is False


def test_a_first_start_at_somebodys_terminal_asks_nothing(tmp_path: Path) -> None:
    # A desktop: a terminal, a display, and a home where Streamlit has never been. Its question would hold the start.
    screen, terminal = pty.openpty()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port=0"]
    home = os.environ | {"HOME": str(tmp_path), "DISPLAY": ":99", "BROWSER": "true", "SLA_SNAPSHOTS": str(tmp_path)}
    with subprocess.Popen(command, cwd=ROOT, env=home, stdin=terminal, stdout=terminal, stderr=terminal) as server:
        os.close(terminal)
        said = ""
        until = time.monotonic() + 60
        while "http://" not in said and "Email" not in said and time.monotonic() < until:
            if select.select([screen], [], [], 1)[0]:
                said += os.read(screen, 4096).decode("utf-8", "replace")
        server.kill()
    os.close(screen)
    assert "http://" in said
    assert "Email" not in said
