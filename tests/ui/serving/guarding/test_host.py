"""The server below us says nothing of itself and believes nobody."""

from starlette.responses import PlainTextResponse
from uvicorn import Config
from uvicorn.lifespan.on import LifespanOn

from ui.serving.guarding.host import quieten


def test_uvicorn_loses_its_name_and_its_trust():
    config = Config(PlainTextResponse("x"), log_config=None, headers=[("x-own", "1")])
    config.load()
    assert (b"server", b"uvicorn") in config.encoded_headers
    assert "127.0.0.1" in config.loaded_app.trusted_hosts
    assert quieten(LifespanOn(config).receive)
    assert config.encoded_headers == [(b"x-own", b"1")]
    assert "127.0.0.1" not in config.loaded_app.trusted_hosts


def test_another_server_is_left_alone():
    async def receive():
        return {"type": "lifespan.startup"}

    assert not quieten(receive)
