"""What runs a Python function: loads the handler, then takes events from the Runtime API and posts results.

Standard library only, for Python 3.8 and later. Error shapes, log lines and texts follow AWS's Python runtime.
"""

import http.client
import importlib
import json
import logging
import os
import sys

from apis import reach
from context import Context
from faults import Fault, described, to_json
from logs import log_error, set_up_logging
from output import Output, Printed
from places import lead_paths, shown

# A function may have modules of these names.
for name in ("apis", "context", "faults", "logs", "output", "places"):
    del sys.modules[name]

BASE = "/2018-06-01/runtime"


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
        reach(event_body)
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
    layers = env.pop("COLDSTART_OPT", None)
    if layers is not None:
        version = env.get("AWS_EXECUTION_ENV", "").rpartition("python")[2]
        packages = os.path.join(layers, "python", "lib", "python" + version, "site-packages")
        sys.path[1:1] = [os.path.join(layers, "python"), packages]
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
