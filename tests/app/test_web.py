"""The web process: light, and honest about whether a click would work."""

import subprocess
import sys
from pathlib import Path

from fastapi.testclient import TestClient

from app.web import create_app
from core.config import Settings
from core.uow import Units, connect
from tests.support.queues import Recorded
from tests.support.sandboxes import served, settings_for
from tests.support.servers import free_port


def client(settings: Settings, units: Units, slack_url: str) -> TestClient:
    """The application, with Slack at this address."""
    return TestClient(create_app(settings.model_copy(update={"slack_api_url": f"{slack_url}/api/"}), units))


def test_the_web_process_loads_no_model() -> None:
    code = "import sys, app.web; print([m for m in ('torch', 'faiss', 'sentence_transformers') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_it_is_ready_once_the_database_and_slack_answer(settings: Settings, units: Units, tmp_path: Path) -> None:
    with served(settings_for(tmp_path, "http://127.0.0.1:1", {})) as slack:
        web = client(settings, units, slack.url)
        assert web.get("/healthz").json() == {"status": "ok"}
        answer = web.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "slack": "ok"})


def test_it_says_what_is_missing(settings: Settings) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"
    engine = connect(f"postgresql://nobody@127.0.0.1:{free_port()}/nothing")
    web = client(settings, Units(engine, Recorded()), nowhere)
    assert web.get("/healthz").status_code == 200
    answer = web.get("/readyz")
    assert answer.status_code == 503
    assert "migrate" in answer.json()["database"]
    assert "Slack answers" in answer.json()["slack"]
    engine.dispose()
