"""Errors: those of the runtime itself, and how any error is told."""

import decimal
import json
import math
import os
import traceback

from places import RUNTIME, shown


class Fault(Exception):
    """An error of the runtime itself, with the type that callers see."""

    def __init__(self, kind, message, trace=None):
        super().__init__(message)
        self.kind = "Runtime." + kind
        self.message = message
        self.trace = trace


class Encoder(json.JSONEncoder):
    """Decimals are written as numbers, as AWS's runtime writes them."""

    def default(self, value):
        if isinstance(value, decimal.Decimal):
            if not value.is_finite():
                return math.nan
            return int(value) if value == value.to_integral_value() else float(value)
        return super().default(value)


def to_json(value):
    return json.dumps(value, cls=Encoder)


def described(error, request_id=""):
    """The body that is posted for an error."""
    if isinstance(error, Fault):
        return {
            "errorMessage": error.message,
            "errorType": error.kind,
            "requestId": request_id,
            "stackTrace": error.trace or [],
        }
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if os.path.dirname(os.path.abspath(frame.filename)) != RUNTIME
    ]
    return {
        "errorMessage": shown(str(error)),
        "errorType": type(error).__name__,
        "requestId": request_id,
        "stackTrace": [shown(line) for line in traceback.format_list(frames)],
    }
