"""Makes `.venv` and installs into it what is asked for: `runtime`, `dev` or `test`.

Runs under the system's Python, so it uses nothing outside the standard library.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from ops.system import have_test_services, have_weasyprint_libraries

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
CONSTRAINTS = ROOT / "constraints.txt"
REQUIREMENTS = {
    "runtime": [ROOT / "requirements.txt"],
    "dev": [ROOT / "requirements.txt", ROOT / "requirements-dev.txt"],
}


def main(wanted: str) -> int:
    """Install what `wanted` names and say what is missing; missing system packages do not fail."""
    packages = "runtime" if wanted == "runtime" else "dev"
    if not is_current(packages):
        make_venv()
        install(packages)
        stamp(packages)
    have_weasyprint_libraries()
    if wanted == "test":
        have_test_services()
    return 0


def is_current(packages: str) -> bool:
    stamps = [stamp_file(packages)]
    if packages == "runtime":
        # Someone who tests has the runtime packages too.
        stamps.append(stamp_file("dev"))
    return PYTHON.exists() and any(
        file.exists() and file.read_text() == digest(file.name.removeprefix(".installed-"))
        for file in stamps
    )


def stamp(packages: str) -> None:
    stamp_file(packages).write_text(digest(packages))


def stamp_file(packages: str) -> Path:
    return VENV / f".installed-{packages}"


def digest(packages: str) -> str:
    content = b"".join(file.read_bytes() for file in [*REQUIREMENTS[packages], CONSTRAINTS])
    return hashlib.sha256(content).hexdigest()


def make_venv() -> None:
    if venv_works():
        return
    print("Making .venv ...", flush=True)
    if uv := shutil.which("uv"):
        run(uv, "venv", "--quiet", "--seed", "--clear", "--python", sys.executable, str(VENV))
        return
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
    if made.returncode:
        sys.exit(
            "The virtual environment could not be made. "
            "On Debian or Ubuntu: apt install python3.11-venv, then again: make setup"
        )


def venv_works() -> bool:
    if not PYTHON.exists():
        return False
    asked = "import sys; sys.exit(sys.version_info[:2] != (3, 11))"
    return subprocess.run([str(PYTHON), "-c", asked], check=False).returncode == 0


def install(packages: str) -> None:
    requirements = str(REQUIREMENTS[packages][-1])
    print(f"Installing {Path(requirements).name} ...", flush=True)
    arguments = ["-r", requirements, "-c", str(CONSTRAINTS)]
    uv = find_uv()
    if uv and uv_succeeds(uv, "pip", "install", "--quiet", *arguments):
        return
    run(str(PYTHON), "-m", "pip", "install", "--quiet", *arguments)


def find_uv() -> str | None:
    """The path of uv, from the PATH or from the package registry; None when neither has it."""
    if uv := shutil.which("uv"):
        return uv
    in_venv = VENV / "bin" / "uv"
    if in_venv.exists():
        return str(in_venv)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "uv", "-c", str(CONSTRAINTS)]
    got = subprocess.run(pip, check=False, stderr=subprocess.DEVNULL)
    return str(in_venv) if got.returncode == 0 else None


def uv_succeeds(*command: str) -> bool:
    environment = {**os.environ, "VIRTUAL_ENV": str(VENV)}
    return subprocess.run(command, check=False, cwd=ROOT, env=environment).returncode == 0


def run(*command: str) -> None:
    done = subprocess.run(command, check=False, cwd=ROOT)
    if done.returncode:
        sys.exit(f"This failed, see above: {' '.join(command)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
