"""The records of a WARC file of any program, one after the other and without holding any in memory."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from wardcrawler.archives.warc.gzip_members import Damaged, GzipMembers, MemberStream, PlainFile

_PIECE = 64 * 1024
_LONGEST_LINE = 64 * 1024
_MOST_FIELDS = 1_000


class Record:
    """A WARC record: its named fields, and its block as a stream that is read once.

    ``offset`` is the byte of the file at which it begins; ``length`` the bytes it takes there (compressed
    where the file is), None until :meth:`finish`, and for good where records share a gzip member.
    """

    def __init__(self, source: "_Source", offset: int, version: str, fields: list[tuple[str, str]]) -> None:
        """Raise :class:`Damaged` for fields without a Content-Length that is a number."""
        self.offset = offset
        self.length: int | None = None
        self.version = version
        self.fields = fields
        self.type = (self.get("warc-type") or "").lower()
        self._source = source
        self._finished = False
        declared = self.get("content-length") or ""
        if not (declared.isascii() and declared.isdigit()):
            raise Damaged(offset, f"a record without a right Content-Length ({declared or 'none'})")
        self.block_length = self._left = int(declared)

    def get(self, name: str) -> str | None:
        """Return the first value of the field ``name`` (lower case), or None."""
        return next((value for each, value in self.fields if each.lower() == name), None)

    @property
    def url(self) -> str:
        """Return WARC-Target-URI without the angle brackets that some writers put around it, as the grammar
        of WARC 1.0 had it; empty where there is none.
        """
        return (self.get("warc-target-uri") or "").strip("<>")

    @property
    def date(self) -> str:
        """Return WARC-Date as written, or an empty string."""
        return self.get("warc-date") or ""

    def read(self, size: int = _PIECE) -> bytes:
        """Read up to ``size`` bytes of the block; none at its end. Raises :class:`Damaged`."""
        if not self._left:
            return b""
        piece = self._source.read(min(size, self._left))
        if not piece:
            raise self._source.damaged(self.offset, "the record is shorter than its Content-Length")
        self._left -= len(piece)
        return piece

    def readline(self) -> bytes:
        """Read one line of the block with its line end; nothing at its end. Raises :class:`Damaged`."""
        if not self._left:
            return b""
        line = self._source.readline(min(self._left, _LONGEST_LINE))
        self._left -= len(line)
        if not line:
            raise self._source.damaged(self.offset, "the record is shorter than its Content-Length")
        return line

    def finish(self) -> None:
        """Read what is left of the block, check that the record ends where it should (WARC 1.1, section 4)
        and set ``length``. Raises :class:`Damaged`.
        """
        if self._finished:
            return
        while self.read():
            pass
        self._finished = True
        end = self._source.read_exactly(4)
        if end != b"\r\n\r\n":
            raise self._source.damaged(self.offset, "the record does not end as its Content-Length says")
        self.length = self._source.length_since(self.offset)


class _Source:
    """The bytes of a stream's current member with a little looking ahead; remembers damage for whoever reads
    next.
    """

    def __init__(self, stream: MemberStream) -> None:
        self.stream = stream
        self._ahead = b""
        self.damage: Damaged | None = None
        self.count = 0
        """Records read from this member."""

    def next_member(self) -> bool:
        self._ahead = b""
        return self.stream.next_member()

    def is_at_end(self) -> bool:
        if not self._ahead:
            self._ahead = self._more(_PIECE)
        return not self._ahead

    def read(self, size: int) -> bytes:
        if not self._ahead:
            return self._more(size)
        piece, self._ahead = self._ahead[:size], self._ahead[size:]
        return piece

    def read_exactly(self, size: int) -> bytes:
        """Read ``size`` bytes, fewer only at the end of the member."""
        read = b""
        while len(read) < size and (piece := self.read(size - len(read))):
            read += piece
        return read

    def readline(self, limit: int) -> bytes:
        while b"\n" not in self._ahead[:limit] and len(self._ahead) < limit:
            more = self._more(4096)
            if not more:
                break
            self._ahead += more
        end = self._ahead.find(b"\n", 0, limit) + 1 or limit
        line, self._ahead = self._ahead[:end], self._ahead[end:]
        return line

    def position(self) -> int:
        """Return the offset at which the next record begins: within a gzip member all have the member's."""
        return self.stream.offset if self.stream.is_compressed else self.stream.position - len(self._ahead)

    def length_since(self, offset: int) -> int | None:
        if not self.stream.is_compressed:
            return self.position() - offset
        return self.stream.position - offset if self.count == 1 and self.is_at_end() else None

    def damaged(self, offset: int, words: str) -> Damaged:
        self.damage = Damaged(offset, words)
        return self.damage

    def _more(self, size: int) -> bytes:
        try:
            return self.stream.read(size)
        except Damaged as damage:
            self.damage = damage
            raise


def records(file: BinaryIO, on_damage: Callable[[Damaged], None] | None = None) -> Iterator[Record]:
    """Yield the records of a WARC file, gzip or plain, from where ``file`` stands.

    Each is finished before the next is read. Damage goes to ``on_damage``, and reading goes on at the next
    record that can be found; without ``on_damage`` it is raised. A caller who reads a block that is damaged
    gets :class:`Damaged` too, and may simply go on with the next record.
    """
    source = _Source(_stream(file))
    while True:
        try:
            if not source.next_member():
                return
            source.count = 0
            while source.count == 0 or not source.is_at_end():
                record = _next_record(source)
                source.count += 1
                yield record
                if source.damage:
                    raise source.damage
                record.finish()
        except Damaged as damage:
            if on_damage is None:
                raise
            on_damage(damage)
            source.damage = None
            if source.stream.resynchronise(damage.offset) is None:
                return


def _stream(file: BinaryIO) -> MemberStream:
    beginning = file.read(2)
    file.seek(-len(beginning), 1)
    return GzipMembers(file) if beginning == b"\x1f\x8b" else PlainFile(file)


def _next_record(source: _Source) -> Record:
    offset = source.position()
    version = source.readline(100).rstrip(b"\r\n")
    if not version.startswith(b"WARC/"):
        raise source.damaged(offset, "no WARC record begins here")
    fields: list[tuple[str, str]] = []
    while line := source.readline(_LONGEST_LINE):
        if line in (b"\r\n", b"\n"):
            return Record(source, offset, version.decode("latin-1"), fields)
        if not line.endswith(b"\n") or len(fields) >= _MOST_FIELDS:
            break
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if text[0] in " \t" and fields:  # a folded line
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {text.strip()}")
            continue
        name, _, value = text.partition(":")
        fields.append((name.strip(), value.strip()))
    raise source.damaged(offset, "a record's head does not end")
