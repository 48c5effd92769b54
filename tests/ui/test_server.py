"""What `streamlit run server.py` starts: a Streamlit app behind our layers, and quiet settings."""

import ast
import tomllib

from streamlit.web.server.app_discovery import discover_asgi_app

from language import words
from settings import ROOT


def test_streamlit_finds_the_app_in_the_file():
    found = discover_asgi_app(ROOT / "server.py")
    assert found.is_asgi_app
    assert found.app_name == "app"


def test_the_layers_stand_in_the_right_order():
    names = [
        node.id
        for node in ast.walk(ast.parse((ROOT / "server.py").read_text()))
        if isinstance(node, ast.Name)
    ]
    assert names.index("CompressedResponses") < names.index("LocalisedDocument")


def test_files_are_refused_before_anything_reads_them():
    text = (ROOT / "server.py").read_text()
    assert text.index("Middleware(GuardedUploads") < text.index("Middleware(CompressedResponses")
    assert "keep_uploads_in_memory()" in text


def test_headers_and_limits_stand_before_everything_else():
    text = (ROOT / "server.py").read_text()
    order = ["Shielded", "KnownVisitors", "BoundedRequests", "BoundedSockets", "GuardedUploads"]
    places = [text.index(f"Middleware({name}") for name in order]
    assert places == sorted(places)


def test_settings_that_cost_or_leak_are_off():
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())
    assert config["runner"]["postScriptGC"] is False
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["showErrorDetails"] == "none"
    assert config["client"]["disableDataExport"] is True
    assert config["server"]["enableStaticServing"] is True
    assert config["server"]["fileWatcherType"] == "none"
    assert config["server"]["maxMessageSize"] <= 10
    assert not config["server"].get("enableAgentApi")
    limit = config["server"]["maxUploadSize"]
    assert f" {limit} MB" in words("id")("loading.form.file_note", endings="")
    assert {"light", "dark"} <= set(config["theme"])
