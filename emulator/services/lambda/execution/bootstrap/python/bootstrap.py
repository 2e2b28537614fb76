"""What runs a Python function: loads the handler, then takes events from the Runtime API and posts results.

Standard library only, for Python 3.8 and later. Error shapes, log lines and texts follow AWS's Python runtime.
"""

import decimal
import http.client
import importlib
import json
import logging
import math
import os
import sys
import time
import traceback

from places import lead_paths, shown
from output import Output, Printed

# A function may have modules of these names.
del sys.modules["places"], sys.modules["output"]

BASE = "/2018-06-01/runtime"
INDENT = "\u00a0"


class Fault(Exception):
    """An error of the runtime itself, with the type that callers see."""

    def __init__(self, kind, message, trace=None):
        super().__init__(message)
        self.kind = "Runtime." + kind
        self.message = message
        self.trace = trace


class RuntimeApi:
    """The Runtime API over one connection that is kept open."""

    def __init__(self, address):
        self.connection = http.client.HTTPConnection(address)
        self.connection.connect()

    def ask(self, method, path, body=None, headers=None):
        """Returns the answer's headers and body. A platform that has gone ends the process."""
        try:
            self.connection.request(method, BASE + path, body, headers or {})
            answer = self.connection.getresponse()
            return answer, answer.read()
        except (OSError, http.client.HTTPException):
            os._exit(1)

    def fail(self, path, error):
        kind = "".join(c for c in error["errorType"] if "!" <= c <= "~")
        self.ask(
            "POST",
            path,
            to_json(error).encode("utf-8"),
            {"Content-Type": "application/json", "Lambda-Runtime-Function-Error-Type": kind},
        )


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


def find_handler(name):
    if "." not in name:
        raise Fault("MalformedHandlerName", f"Bad handler '{name}': not enough values to unpack (expected 2, got 1)")
    module_name, function_name = name.rsplit(".", 1)
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise Fault("BuiltInModuleConflict", f"Cannot use built-in module {module_name} as a handler module")
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise Fault("ImportModuleError", f"Unable to import module '{module_name}': {error}") from error
    except SyntaxError as error:
        raise Fault(
            "UserCodeSyntaxError",
            f"Syntax error in module '{module_name}': {error}",
            [f'  File "{shown(str(error.filename))}" Line {error.lineno}\n    {error.text}'],
        ) from error
    try:
        return getattr(module, function_name)
    except AttributeError as error:
        raise Fault("HandlerNotFound", f"Handler '{function_name}' missing on module '{module_name}'") from error


def described(error, request_id=""):
    """The body that is posted for an error."""
    if isinstance(error, Fault):
        return {
            "errorMessage": error.message,
            "errorType": error.kind,
            "requestId": request_id,
            "stackTrace": error.trace or [],
        }
    frames = traceback.extract_tb(error.__traceback__)
    own = os.path.abspath(__file__)
    while frames and os.path.abspath(frames[0].filename) == own:
        frames.pop(0)
    return {
        "errorMessage": shown(str(error)),
        "errorType": type(error).__name__,
        "requestId": request_id,
        "stackTrace": [shown(line) for line in traceback.format_list(frames)],
    }


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


class Parts:
    """A part of the client context: its fields, and None for those that are not there."""

    def __init__(self, names, values):
        for name in names:
            setattr(self, name, (values or {}).get(name))


class Context:
    """What a handler is told of its invocation."""

    def __init__(self, headers):
        env = os.environ
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.log_group_name = env.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = env.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = env.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = env.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = env.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.tenant_id = None
        given = self._parsed(headers, "Lambda-Runtime-Client-Context", "Client Context")
        self.client_context = None
        if given is not None:
            self.client_context = Parts(("custom", "env", "client"), given)
            if given.get("client") is not None:
                names = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")
                self.client_context.client = Parts(names, given["client"])
        who = self._parsed(headers, "Lambda-Runtime-Cognito-Identity", "Cognito Identity") or {}
        self.identity = Parts((), {})
        self.identity.cognito_identity_id = who.get("cognitoIdentityId")
        self.identity.cognito_identity_pool_id = who.get("cognitoIdentityPoolId")
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    @staticmethod
    def _parsed(headers, name, told):
        text = headers[name]
        if not text:
            return None
        try:
            return json.loads(text)
        except ValueError as error:
            raise Fault("LambdaContextUnmarshalError", f"Unable to parse {told} JSON: {error}") from error

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))


def serve(api, output, log_handler, handler, answer, event_body):
    headers = answer.headers
    request_id = headers["Lambda-Runtime-Aws-Request-Id"]
    log_handler.request_id = request_id
    trace = headers["Lambda-Runtime-Trace-Id"]
    if trace:
        os.environ["_X_AMZN_TRACE_ID"] = trace
    else:
        os.environ.pop("_X_AMZN_TRACE_ID", None)
    path = f"/invocation/{request_id}"
    try:
        context = Context(headers)
        try:
            event = json.loads(event_body)
        except ValueError as error:
            raise Fault("UnmarshalError", f"Unable to unmarshal input: {error}") from error
        value = handler(event, context)
        kind = "application/json"
        if isinstance(value, bytes):
            result, kind = value, "application/unknown"
        else:
            try:
                result = to_json(value).encode("utf-8", "surrogatepass")
            except Exception as error:
                raise Fault("MarshalError", f"Unable to marshal response: {error}") from error
    except Exception as error:
        told = described(error, request_id)
        log_error(output, told)
        output.complete(request_id)
        api.fail(path + "/error", told)
        return
    output.complete(request_id)
    api.ask("POST", path + "/response", result, {"Content-Type": kind})


WARNING = (
    "Unhandled exception. The most likely cause is an issue in the function code. However, in rare cases, a Lambda "
    "runtime update can cause unexpected function behavior. For functions using managed runtimes, runtime updates "
    "can be triggered by a function change, or can be applied automatically. To determine if the runtime has been "
    "updated, check the runtime version in the INIT_START log entry. If this error correlates with a change in the "
    "runtime version, you may be able to mitigate this error by temporarily rolling back to the previous runtime "
    "version. For more information, see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html"
)


def main():
    env = os.environ
    output = Output(int(env.pop("_LAMBDA_TELEMETRY_LOG_FD")), env.get("AWS_LAMBDA_LOG_FORMAT") == "JSON")
    sys.stdout = Printed(output, sys.stdout, 1)
    sys.stderr = Printed(output, sys.stderr, 2)
    log_handler = set_up_logging(output)
    lead_paths(env.pop("COLDSTART_TMP"))
    env.pop("COLDSTART_TMP_MB", None)
    api = RuntimeApi(env["AWS_LAMBDA_RUNTIME_API"])
    # The runtime's own folder is no place for a function's modules.
    sys.path[0] = env["LAMBDA_TASK_ROOT"]
    try:
        handler = find_handler(env["_HANDLER"])
    except Exception as error:
        told = described(error)
        logging.warning("LAMBDA_WARNING: " + WARNING)
        log_error(output, told)
        api.fail("/init/error", told)
        sys.exit(1)
    while True:
        answer, body = api.ask("GET", "/invocation/next")
        serve(api, output, log_handler, handler, answer, body)


if __name__ == "__main__":
    main()
