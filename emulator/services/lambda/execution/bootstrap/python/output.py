"""What a function prints, sent to the platform in frames, so that a message of many lines stays one event.

Type (4 bytes), length (4 bytes), microseconds since 1970 (8 bytes), message; big-endian. The first three are
those of Lambda's own runtimes, the others are ours (`output.cjs` has the same).
"""

import json
import os
import sys
import threading
import time

TEXT = 0xA55A0003
JSON = 0xA55A0002
PRINTED = {1: 0xA55AC001, 2: 0xA55AC002}
COMPLETE = 0xA55AC003
LONGEST = 1024 * 1024
PIECE = 1024 * 1024


class Output:
    def __init__(self, channel, as_json):
        self.channel = channel
        self.json = as_json
        self.lock = threading.Lock()

    def send(self, kind, body):
        frame = kind.to_bytes(4, "big") + len(body).to_bytes(4, "big")
        view = memoryview(frame + int(time.time() * 1e6).to_bytes(8, "big") + body)
        with self.lock:
            while view:
                try:
                    view = view[os.write(self.channel, view) :]
                except OSError:
                    # The platform has gone: nobody reads any more.
                    os._exit(1)

    def message(self, text, level):
        kind = (JSON if self.json else TEXT) | (max(2, min(6, level // 10 + 1)) << 2)
        self.send(kind, text[:LONGEST].encode("utf-8", "replace"))

    def complete(self, request_id):
        """Marks the end of an invocation's output. The platform waits for it before it writes END."""
        mark = {"requestId": request_id}
        if not sys.platform.startswith("linux"):
            try:
                import resource

                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
                mark["peakKB"] = peak // 1024 if sys.platform == "darwin" else peak
            except ImportError:
                pass
        self.send(COMPLETE, json.dumps(mark).encode())


class Printed:
    """`sys.stdout` and `sys.stderr`: what is written goes through the one channel and keeps its place there."""

    def __init__(self, output, stream, number):
        self._output = output
        self._stream = stream
        self._kind = PRINTED[number]

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        body = text.encode("utf-8", "replace")
        for at in range(0, len(body), PIECE):
            self._output.send(self._kind, body[at : at + PIECE])
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass

    def __getattr__(self, name):
        return getattr(self._stream, name)
