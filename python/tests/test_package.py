"""The package: its types, and a wheel that is built and used without any network."""

import subprocess
import sys
import zipfile
from pathlib import Path

PACKAGE = Path(__file__).parents[1]


def run(*command, **options):
    ended = subprocess.run(command, capture_output=True, text=True, **options)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def test_the_types_are_complete():
    assert "no issues found" in run(sys.executable, "-m", "mypy", "--cache-dir", "/dev/null", cwd=PACKAGE)


def test_a_wheel_is_built_offline_and_works_alone(tmp_path):
    # From a copy, because setuptools leaves files beside what it builds.
    source = tmp_path / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md"):
        (source / name).write_bytes((PACKAGE / name).read_bytes())
    for path in (PACKAGE / "src").rglob("*"):
        if path.suffix in (".py", ".typed"):
            target = source / path.relative_to(PACKAGE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    options = ["--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check", "--quiet"]
    run(sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", str(tmp_path), str(source))
    [wheel] = tmp_path.glob("*.whl")
    assert wheel.name == "ipc_link-1.0.0a1-py3-none-any.whl"
    names = zipfile.ZipFile(wheel).namelist()
    assert "ipc_link/py.typed" in names and "ipc_link/serve.py" in names
    assert all(name.startswith("ipc_link") for name in names)
    # -S: without the packages of the system, and so without msgpack. A wheel can be imported as it is.
    program = f"import sys; sys.path.insert(0, {str(wheel)!r}); import ipc_link, ipc_link.codec as c; print(list(c.codecs()), ipc_link.serve.__name__)"
    assert run(sys.executable, "-I", "-S", "-c", program).strip() == "['json'] serve"
