"""Where the default configuration and the seeds lie: beside the code, or inside the installed wheel."""

from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_HOME = _ROOT / "raazdar_data" if (_ROOT / "raazdar_data").is_dir() else _ROOT

CONFIG = _HOME / "config"
SEEDS = _HOME / "seeds"
