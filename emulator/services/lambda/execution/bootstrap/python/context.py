"""What a handler is told of its invocation."""

import json
import os
import sys
import time

from faults import Fault


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
