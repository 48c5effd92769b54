"""What stands between the network and the app: headers, limits, closed doors, answers without internals."""

from ui.serving.guarding.requests import BoundedRequests
from ui.serving.guarding.secrecy import begin
from ui.serving.guarding.shield import Shielded
from ui.serving.guarding.sockets import BoundedSockets
from ui.serving.guarding.visitors import KnownVisitors

__all__ = ["BoundedRequests", "BoundedSockets", "KnownVisitors", "Shielded", "begin"]
