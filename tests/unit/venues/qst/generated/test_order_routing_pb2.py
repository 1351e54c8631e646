"""The checked-in code is what the compiler makes of ``protos/qst`` today."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from google.protobuf.descriptor import FileDescriptor
from google.protobuf.descriptor_pb2 import DescriptorProto, FileDescriptorProto

from tests.support.qst_protos import compiled_file, generate
from workstation.venues.qst.generated import market_data_pb2, order_routing_pb2


@pytest.mark.parametrize("file", [order_routing_pb2.DESCRIPTOR, market_data_pb2.DESCRIPTOR], ids=lambda file: file.name)
def test_the_checked_in_code_is_current(file: FileDescriptor) -> None:
    checked_in = FileDescriptorProto()
    file.CopyToProto(checked_in)
    fresh = compiled_file(file.name)
    for each in (checked_in, fresh):
        _without_json_names(each.message_type)
    assert checked_in == fresh


def _without_json_names(messages: Iterable[DescriptorProto]) -> None:
    """Drop the JSON names: the compiler writes them into one of its outputs and not into the other."""
    for message in messages:
        _without_json_names(message.nested_type)
        for field in message.field:
            field.ClearField("json_name")


def test_the_generator_writes_the_same_modules(tmp_path: Path) -> None:
    generate(tmp_path)
    folder = Path(order_routing_pb2.__file__).parent
    for fresh in tmp_path.glob("*_pb2.py*"):
        kept = (folder / fresh.name).read_text(encoding="utf-8")
        assert _without_versions(kept) == _without_versions(fresh.read_text(encoding="utf-8")), fresh.name
    assert {path.name for path in tmp_path.iterdir()} >= {"order_routing_pb2.py", "market_data_pb2.py"}


def _without_versions(source: str) -> list[str]:
    """Drop the lines in which a compiler signs with its version."""
    numbers = {"7", "6", "5"}
    return [
        line
        for line in source.splitlines()
        if "Protobuf Python Version" not in line
        and line.strip().rstrip(",") not in numbers
        and not line.strip().rstrip(",").isdigit()
    ]
