"""The logging module and error lines, as AWS's Python runtime sets them up."""

import json
import logging
import os
import time
import traceback

from faults import to_json
from places import shown

INDENT = "\u00a0"


class JsonLines(logging.Formatter):
    """Messages as JSON lines, with what `extra` adds."""

    own = set(logging.LogRecord("", 0, "", 0, "", (), None).__dict__) | {"aws_request_id", "asctime", "message"}

    def format(self, record):
        at = time.gmtime(record.created)
        line = {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%S", at) + ".%03dZ" % record.msecs,
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
        }
        if record.exc_info:
            kind, error, trace = record.exc_info
            line["stackTrace"] = [shown(text) for text in traceback.format_tb(trace)]
            line["errorType"] = kind.__name__
            line["errorMessage"] = str(error)
        if record.aws_request_id:
            line["requestId"] = record.aws_request_id
        if record.exc_info:
            line["location"] = shown(f"{record.pathname}:{record.funcName}:{record.lineno}")
        for key, value in record.__dict__.items():
            if key not in self.own and key not in line and value is not None:
                line[key] = value
        return json.dumps(line, ensure_ascii=False, default=str) + "\n"


class Handler(logging.Handler):
    """Sends each message of the logging module as one event."""

    def __init__(self, output):
        super().__init__()
        self.output = output
        self.request_id = ""

    def emit(self, record):
        record.aws_request_id = self.request_id
        self.output.message(shown(self.format(record)), record.levelno)


def set_up_logging(output):
    handler = Handler(output)
    logging.Formatter.converter = time.gmtime
    if output.json:
        handler.setFormatter(JsonLines())
    else:
        handler.setFormatter(
            logging.Formatter(
                "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n",
                "%Y-%m-%dT%H:%M:%S",
            )
        )
    root = logging.getLogger()
    root.addHandler(handler)
    level = {"TRACE": "DEBUG", "WARN": "WARNING", "FATAL": "CRITICAL"}.get(
        os.environ.get("AWS_LAMBDA_LOG_LEVEL", ""), os.environ.get("AWS_LAMBDA_LOG_LEVEL", "")
    )
    if level:
        root.setLevel(level)
    return handler


def log_error(output, error):
    if output.json:
        now = time.time()
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
        output.message(to_json({"timestamp": stamp, "level": "ERROR", **error}), logging.ERROR)
        return
    lines = [f"[ERROR] {error['errorType']}" + (f": {error['errorMessage']}" if error["errorMessage"] else "")]
    lines.append("Traceback (most recent call last):")
    for entry in error["stackTrace"]:
        for line in entry.splitlines():
            text = line.lstrip(" ")
            lines.append(INDENT * (len(line) - len(text)) + text)
    output.message("\n".join(lines), logging.ERROR)
