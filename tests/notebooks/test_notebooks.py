"""The notebooks run from a clean kernel, each in less than 30 seconds, and are kept clean."""

import os
import time
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from traitlets.config import Config

from observatory.config import Settings
from observatory.ingest.build import build

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
MOST_SECONDS = 30
pytestmark = pytest.mark.datasets


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot of the published facts."""
    folder = tmp_path_factory.mktemp("notebooks")
    build(Settings(data_dir=folder))
    return folder


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("ignore")  # of the kernel's own libraries, which are not ours
def test_a_notebook_runs_from_a_clean_kernel(
    path: Path, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBSERVATORY_DATA_DIR", str(data_dir))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(FOLDER.parent)]))
    notebook = nbformat.read(path, as_version=4)
    # Sockets in a folder of its own: another test may take a free port before the kernel does.
    sockets = Config(KernelManager={"transport": "ipc", "ip": str(tmp_path / "k")})
    client = NotebookClient(notebook, config=sockets, timeout=MOST_SECONDS, kernel_name="python3")
    started = time.monotonic()
    client.execute()
    assert time.monotonic() - started < MOST_SECONDS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    cells = [one for one in nbformat.read(path, as_version=4).cells if one.cell_type == "code"]
    assert cells
    for cell in cells:
        assert cell.outputs == []
        assert cell.execution_count is None
