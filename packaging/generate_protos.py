"""Generate the Python code of the QST message definitions.

Run it after a change of ``protos/qst/*.proto``::

    python packaging/generate_protos.py

The result is checked in, so that the program needs no compiler; a unit test generates it again and compares. The
compiler comes with the package ``grpcio-tools``, a development requirement.
"""

import sys
from pathlib import Path

import grpc_tools
from grpc_tools import protoc

REPOSITORY = Path(__file__).resolve().parent.parent
PROTOS = REPOSITORY / "protos" / "qst"
GENERATED = REPOSITORY / "workstation" / "venues" / "qst" / "generated"
UNCHECKED = "# mypy: ignore-errors\n"
"""The compiler's stubs are not strict."""


class CompilerFailed(RuntimeError):
    """The compiler refused a file; its own words are on standard error."""


def compile_protos(sources: Path, target: Path) -> None:
    """Compile every ``.proto`` file of the folder `sources` into Python modules and type stubs in `target`.

    Raises:
        CompilerFailed: a file is not valid.
    """
    files = sorted(str(path) for path in sources.glob("*.proto"))
    well_known = Path(grpc_tools.__file__).parent / "_proto"
    words = ["protoc", f"-I{sources}", f"-I{well_known}", f"--python_out={target}", f"--pyi_out={target}", *files]
    if protoc.main(words) != 0:
        raise CompilerFailed(f"the compiler refused {', '.join(files)}")
    for written in target.glob("*_pb2.py*"):
        written.write_text(UNCHECKED + written.read_text(encoding="utf-8"), encoding="utf-8")


if __name__ == "__main__":
    GENERATED.mkdir(exist_ok=True)
    compile_protos(PROTOS, GENERATED)
    sys.stdout.write(f"written to {GENERATED.relative_to(REPOSITORY)}\n")
