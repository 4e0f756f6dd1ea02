"""An application of gRPC that says who calls, without a schema: messages are bytes."""

import os
import threading
from concurrent import futures

# Processes are started while calls run, and make none of their own. It counts before the library is loaded.
os.environ["GRPC_ENABLE_FORK_SUPPORT"] = "0"
import grpc  # noqa: E402

SERVICE = "portico.test.Calls"


def role(context):
    """The role that the gateway told, as metadata."""
    return dict(context.invocation_metadata()).get("x-portico-role", "nobody").encode()


def greet(message, context):
    context.set_trailing_metadata([("x-trailer", "kept")])
    return role(context) + b" says " + message


def fail(message, context):
    context.abort(grpc.StatusCode.NOT_FOUND, "there is no " + message.decode())


def count(message, context):
    """So many messages; or without a number message after message, until the caller has gone."""
    if message:
        yield from (str(number).encode() for number in range(int(message)))
        return
    gone = threading.Event()
    context.add_callback(gone.set)
    while not gone.wait(0.05):
        yield b"more"


def echo(messages, context):
    for message in messages:
        yield role(context) + b" says " + message


class Handler(grpc.GenericRpcHandler):
    METHODS = {
        "Greet": grpc.unary_unary_rpc_method_handler(greet),
        "Fail": grpc.unary_unary_rpc_method_handler(fail),
        "Count": grpc.unary_stream_rpc_method_handler(count),
        "Echo": grpc.stream_stream_rpc_method_handler(echo),
    }

    def service(self, details):
        return self.METHODS.get(details.method.removeprefix(f"/{SERVICE}/"))


class CallingApplication:
    """The application on a free port, as long as the `with` lasts."""

    def __enter__(self):
        self.server = grpc.server(futures.ThreadPoolExecutor(max_workers=8), handlers=[Handler()])
        self.url = f"h2c://127.0.0.1:{self.server.add_insecure_port('127.0.0.1:0')}"
        self.server.start()
        return self

    def __exit__(self, *arguments):
        self.server.stop(grace=None).wait()
