"""Lets functions reach this cloud's APIs by the names that events give them.

Code written for AWS makes `https://{domainName}/{stage}` of a `requestContext` to answer the clients of a WebSocket
API. Here that is `https://{api}.execute-api.{region}.localhost/{stage}`, a name that not every system knows, on a port
where nothing speaks TLS: connections to such names go to the cloud's own port instead, and no others.
"""

import os
import re
import socket
import sys
from urllib.parse import urlsplit

NAMES = re.compile(r"[a-z0-9-]+\.execute-api\.(?:[a-z0-9-]+\.)?localhost(?:\.localstack\.cloud)?", re.IGNORECASE)
CLOUD = urlsplit(os.environ.get("AWS_ENDPOINT_URL", ""))
# What boto3 connects with; it is only changed where a function has loaded it, or is about to.
CLIENT = "urllib3.connection"

reached = False


def reach(event_body):
    global reached
    if reached or CLOUD.port is None:
        return
    if CLIENT not in sys.modules and b".execute-api." not in event_body:
        return
    reached = True
    try:
        from urllib3.connection import HTTPSConnection
    except ImportError:
        return
    connect = HTTPSConnection.connect

    def connect_to_cloud(self):
        if NAMES.fullmatch(self.host) is None:
            connect(self)
            return
        self.sock = socket.create_connection((CLOUD.hostname, CLOUD.port))
        # Nothing was verified, and there is nothing to warn of: it is this machine.
        self.is_verified = True

    HTTPSConnection.connect = connect_to_cloud
