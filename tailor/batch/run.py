"""The corridor of a batch: postings in, applications and an index of them out. Read this first."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import chain, islice
from pathlib import Path

from tailor.batch.duplicates import Duplicates
from tailor.batch.engine import run
from tailor.batch.index import IndexFiles, check_index, write_index
from tailor.batch.pairs import find_cvs, make_tasks
from tailor.batch.source import read_items
from tailor.batch.state import State
from tailor.batch.store import is_address, store_of
from tailor.batch.values import Choices, Row, Status, Task, document_key, index_key, is_left_out
from tailor.batch.worker import Chunk, Done, failed, work
from tailor.pipeline import read_cv
from tailor.reading.files import read_bytes
from tailor.reading.kept import read_settings
from tailor.values import limits
from tailor.values.cleaning import clean_text
from tailor.values.errors import PostingError, TailorError
from tailor.values.settings import Engine, EngineName

STATE_FOLDER = ".tailor"
_BUGS = "bugs.log"
# Tasks of one chunk: few at first, so that a small batch is spread over all workers.
_SMALL_CHUNK, _CHUNK, _SMALL_UNTIL = 2, 16, 200


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be done: `inputs` are postings, `cvs` files or folders of CVs.

    `top` writes documents for so many of the best only. `out` is a folder or an address; in the
    latter case the state lies in the folder `state`.
    """

    inputs: tuple[str, ...]
    cvs: tuple[str, ...]
    out: str
    pairs: str | None = None
    text_column: str | None = None
    top: int | None = None
    choices: Choices = field(default_factory=Choices)
    engine: Engine = field(default_factory=Engine)
    state: Path | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came out: the index, how many rows of each status, and where bugs were logged.

    `before` is how many applications an earlier run had written, nothing of which changed.
    """

    index: IndexFiles
    counts: Counter[Status]
    bugs: Path | None = None
    before: int = 0


Watch = Callable[[Row], None]


class Stopped(KeyboardInterrupt):
    """The person, or the system, stopped a run; `result` is what was done until then."""

    def __init__(self, result: Result) -> None:
        super().__init__()
        self.result = result


def run_batch(batch: Batch, watch: Watch | None = None) -> Result:
    """Make the applications of `batch`; `watch` is told of each row as it is done.

    What an earlier run into the same place has done, and nothing of which changed since, is not
    done again. The index is written last, also when the run is stopped by KeyboardInterrupt, which
    is raised again as `Stopped`. Raises CvError, PostingError, OutputError and EngineError for
    what concerns the whole batch; what concerns one posting is in its row.
    """
    folder = _index_folder(batch)
    check_index(folder, force=batch.choices.force)
    items = read_items(batch.inputs, text_column=batch.text_column)
    cvs = find_cvs(batch.cvs)
    tasks = _some(make_tasks(items, cvs, batch.pairs), batch)
    if len(cvs) == 1:
        read_cv(cvs[0])  # one CV that cannot be read is the whole batch's trouble
    choices = replace(batch.choices, by_person=len(cvs) > 1)
    if template := choices.settings.template:
        # Workers of a cluster may have been started in another folder.
        settings = replace(choices.settings, template=str(Path(template).absolute()))
        choices = replace(choices, settings=settings)
    batch = replace(batch, choices=choices)
    with State(folder / STATE_FOLDER) as state:
        if state.was_cut_off:
            _sweep(batch)
        desk = _Desk(batch, state, watch)
        stop: KeyboardInterrupt | None = None
        try:
            desk.do_all(tasks)
        except KeyboardInterrupt as signal:
            stop = signal
        finally:
            if batch.engine.name is not EngineName.SERIAL:
                _sweep(batch)  # a worker that was lost or ended may have left some
            index = write_index(folder, state, force=batch.choices.force)
            counts = state.counts()
        _publish(batch, index)
        result = Result(index, counts, desk.bugs, counts[Status.WRITTEN] - desk.written)
        if stop is not None:
            raise Stopped(result) from stop
    return result


def _some(tasks: Iterator[Task], batch: Batch) -> Iterator[Task]:
    """Return `tasks`. Raises PostingError if there are none."""
    first = next(tasks, None)
    if first is None:
        places = ", ".join(batch.inputs)
        raise PostingError(
            f"{places}: no posting there; save each as a file of its own (text, web page, Word or "
            "PDF), or name a table of them"
        )
    return chain([first], tasks)


class _Desk:
    """Hands out what is to be done, and takes in what came back."""

    def __init__(self, batch: Batch, state: State, watch: Watch | None) -> None:
        self.bugs: Path | None = None
        self.written = 0
        self._batch = batch
        self._state = state
        self._watch = watch
        self._best = _Best(batch.top) if batch.top is not None and batch.choices.documents else None
        self._store = store_of(batch.out)
        self._cv = cache(partial(read_bytes, what="CV"))

    def do_all(self, tasks: Iterator[Task]) -> None:
        """Do every task; with `top`, count all first and write the best."""
        choices = self._batch.choices
        if self._best is None:
            self._do(self._fresh(tasks), choices)
            return
        counted = replace(choices, documents=False)
        self._do(self._best.remembered(self._fresh(tasks)), counted)
        self._do(self._best.tasks(), choices)

    def _do(self, tasks: Iterable[Task], choices: Choices) -> None:
        engine = self._batch.engine
        job = partial(
            work, choices=choices, store=self._store, own_process=engine.has_own_processes
        )
        with limits.using(choices.limits):
            for chunk in run(self._chunks(tasks, choices), job, engine, _gave_up):
                for done in chunk:
                    if done.bug:
                        self._log(done)
                    self.written += done.row.status is Status.WRITTEN
                    self._take(done.row)

    def _take(self, row: Row) -> None:
        self._state.tell(row)
        if self._best is not None:
            self._best.add(row)
        if self._watch is not None:
            self._watch(row)

    def _fresh(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """Yield the tasks whose postings can be read, each with the one that it repeats."""
        duplicates = Duplicates()
        for task in tasks:
            if task.posting.error:
                self._take(failed(task, task.posting.error))
            else:
                yield replace(task, same_as=duplicates.seen(task.posting))

    def _chunks(self, tasks: Iterable[Task], choices: Choices) -> Iterator[Chunk]:
        """Yield what no earlier run has done, in chunks."""
        todo, count = self._unknown(tasks, choices), 0
        while chunk := tuple(islice(todo, _SMALL_CHUNK if count < _SMALL_UNTIL else _CHUNK)):
            count += len(chunk)
            yield Chunk(chunk, {task.cv: self._cv(task.cv) for task in chunk})

    def _unknown(self, tasks: Iterable[Task], choices: Choices) -> Iterator[Task]:
        """Yield the tasks that no earlier run has done; the rows of the others are taken over."""
        for task in tasks:
            try:
                told = replace(task, settings=read_settings(task.posting.name))
                known = self._known(told, choices)
            except TailorError as error:
                self._take(failed(task, str(error)))
                continue
            if known is None:
                yield told
            else:
                number, name = task.number, task.posting.name
                own = replace(known, number=number, posting=name, cv=task.cv, same_as=task.same_as)
                self._take(own)

    def _known(self, task: Task, choices: Choices) -> Row | None:
        """Return the row that an earlier run has recorded for all that this task depends on."""
        cv = self._cv(task.cv)
        left_out = is_left_out(task, choices)
        if not left_out:
            row = self._state.find(document_key(task, cv, choices))
            if row is not None and self._store.has(row.folder, row.files):
                return row
            if choices.documents:
                return None
        row = self._state.find(index_key(task, cv))
        status = Status.DUPLICATE if left_out else Status.INDEXED
        return replace(row, status=status) if row else None

    def _log(self, done: Done) -> None:
        self.bugs = self._state.folder / _BUGS
        with self.bugs.open("a", encoding="utf-8") as log:
            log.write(f"{clean_text(done.row.posting)}\n{done.bug}\n")


class _Best:
    """The tasks of the best rows so far, no more than are wanted."""

    def __init__(self, wanted: int) -> None:
        self._wanted = wanted
        self._heap: list[tuple[float, int, Task]] = []  # no two numbers are the same
        self._waiting: dict[int, Task] = {}

    def remembered(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """Yield `tasks`, and hold each until its row comes."""
        for task in tasks:
            self._waiting[task.number] = task
            yield task

    def add(self, row: Row) -> None:
        """Take a row in; its task is held on to if it is among the best."""
        task = self._waiting.pop(row.number, None)
        if task is None or row.answered is None or row.status is Status.DUPLICATE:
            return
        heapq.heappush(self._heap, (row.answered.fit, -row.number, task))
        if len(self._heap) > self._wanted:
            heapq.heappop(self._heap)

    def tasks(self) -> list[Task]:
        """Return the tasks of the best rows, the best first."""
        return [task for _, _, task in sorted(self._heap, reverse=True)]


def _gave_up(chunk: Chunk) -> list[Done]:
    told = "the worker process died of it, twice; it may need too much memory or time"
    return [Done(failed(task, f"{task.posting.name}: {told}")) for task in chunk.tasks]


def _index_folder(batch: Batch) -> Path:
    if not is_address(batch.out):
        return Path(batch.out)
    if batch.state is None:
        raise TailorError(f"{batch.out}: is an address; name a folder for the index with --state")
    return batch.state


def _publish(batch: Batch, index: IndexFiles) -> None:
    """Put the index beside the documents, where these went to an address."""
    if is_address(batch.out):
        contents = {path.name: path.read_bytes() for path in index.all}
        store_of(batch.out).write("", contents, force=True)


def _sweep(batch: Batch) -> None:
    """Take away the half-filled files of whoever was cut off."""
    if not is_address(batch.out):
        for partial_file in Path(batch.out).rglob(".tailor-*.part"):
            partial_file.unlink(missing_ok=True)
