"""Compiles definition files in a test, the real ones and ones with another spelling."""

import importlib.util
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

import grpc_tools
from google.protobuf.descriptor import FileDescriptor
from google.protobuf.descriptor_pb2 import FileDescriptorProto, FileDescriptorSet
from google.protobuf.descriptor_pool import DescriptorPool
from grpc_tools import protoc

ROOT = Path(__file__).resolve().parents[2]
PROTOS = ROOT / "protos" / "qst"


def generator() -> ModuleType:
    """Load the script that writes the checked-in code."""
    spec = importlib.util.spec_from_file_location("generate_protos", ROOT / "packaging" / "generate_protos.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def generate(target: Path) -> None:
    generator().compile_protos(PROTOS, target)


def compiled_file(name: str) -> FileDescriptorProto:
    return compiled(PROTOS / name)


def compiled(source: Path) -> FileDescriptorProto:
    """Return the descriptor of a definition file."""
    well_known = Path(grpc_tools.__file__).parent / "_proto"
    with TemporaryDirectory() as scratch:
        out = Path(scratch) / "set"
        words = ["protoc", f"-I{source.parent}", f"-I{well_known}", f"--descriptor_set_out={out}", str(source)]
        assert protoc.main(words) == 0
        return FileDescriptorSet.FromString(out.read_bytes()).file[0]


def loaded(text: str, folder: Path, name: str = "vendor.proto") -> FileDescriptor:
    """Compile `text` and load it into a pool of its own, as a file of the vendor's would be."""
    source = folder / name
    source.write_text(text, encoding="utf-8")
    pool = DescriptorPool()
    pool.Add(compiled(source))
    return pool.FindFileByName(name)
