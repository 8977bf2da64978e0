"""Schemathesis's checks of responses, on exchanges that somebody else has had.

Usage: python exchanges.py OPENAPI-DOCUMENT EXCHANGES.json; prints what it objects to, as JSON: the call, and the name of the failure.
"""

import json
import sys

import requests
import schemathesis
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.core.failures import FailureGroup
from schemathesis.core.transport import Response

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def objections(schema, exchange):
    operation = schema.find_operation_by_path(exchange["method"], exchange["path"])
    if operation is None:
        return ["no such operation"]
    url = f"http://127.0.0.1{exchange['path']}"
    request = requests.Request(exchange["method"], url, headers=exchange["sent"], data=exchange["body"]).prepare()
    headers = {name: [value] for name, value in exchange["headers"].items()}
    content = exchange["text"].encode()
    response = Response(exchange["status"], headers, content, request, elapsed=0.0, verify=False)
    case = operation.Case(headers=exchange["sent"], body=exchange["body"])
    try:
        case.validate_response(response, checks=CHECKS)
    except FailureGroup as group:
        return [f"{failure.title}: {failure.message.splitlines()[0]}" for failure in group.exceptions]
    return []


def main():
    schema = schemathesis.openapi.from_path(sys.argv[1])
    with open(sys.argv[2], encoding="utf8") as file:
        exchanges = json.load(file)
    found = [
        {"call": exchange["call"], "says": says} for exchange in exchanges for says in sorted(objections(schema, exchange))
    ]
    print(json.dumps(found))


if __name__ == "__main__":
    main()
