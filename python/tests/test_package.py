"""The package: its types, and a wheel that is built and used without any network."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1]


def start(*command, **options):
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)


def finish(process):
    output, _ = process.communicate()
    assert process.returncode == 0, output
    return output


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """Both take seconds, and each has a core of its own: the check of the types, and the build with the folder of its wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    # From a copy, because setuptools leaves files beside what it builds.
    source = folder / "source"
    shutil.copytree(PACKAGE, source, ignore=shutil.ignore_patterns("tests", "__pycache__", "*.egg-info", "build"))
    options = ["--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check", "--quiet"]
    types = start(sys.executable, "-m", "mypy", "--cache-dir", "/dev/null", cwd=PACKAGE)
    build = start(sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", str(folder), str(source))
    yield types, build, folder
    for process in (types, build):
        process.kill()
        process.wait()


def test_the_types_are_complete(started):
    assert "no issues found" in finish(started[0])


def test_a_wheel_is_built_offline_and_works_alone(started):
    _, build, folder = started
    finish(build)
    [wheel] = folder.glob("*.whl")
    assert wheel.name == "ipc_link-1.0.0a1-py3-none-any.whl"
    names = zipfile.ZipFile(wheel).namelist()
    assert "ipc_link/py.typed" in names and "ipc_link/serve.py" in names
    assert all(name.startswith("ipc_link") for name in names)
    # -S: without the packages of the system, and so without msgpack. A wheel can be imported as it is.
    program = f"import sys; sys.path.insert(0, {str(wheel)!r}); import ipc_link, ipc_link.codec as c; print(list(c.codecs()), ipc_link.serve.__name__)"
    assert finish(start(sys.executable, "-I", "-S", "-c", program)).strip() == "['json'] serve"
