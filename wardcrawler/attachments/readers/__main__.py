"""Child process that reads one file under limits and writes the result to standard output, as one JSON text.

``python -m wardcrawler.attachments.readers PATH MEDIA_TYPE MEMORY_BYTES CPU_SECONDS WALL_SECONDS OCR(0|1)``
"""

import json
import resource
import signal
import sys
from dataclasses import asdict
from pathlib import Path


def main(arguments: list[str]) -> None:
    """Set the limits, then import the readers, whose memory counts too, and read."""
    path, media_type, memory, cpu, wall, ocr = arguments
    limit(memory=int(memory), cpu=int(cpu), wall=int(wall))
    from wardcrawler.attachments.readers.read import read_file  # noqa: PLC0415

    result = read_file(Path(path), media_type, ocr=ocr == "1")
    sys.stdout.buffer.write(json.dumps(asdict(result)).encode())


def limit(*, memory: int, cpu: int, wall: int) -> None:
    """Bound this process, and the programs it starts: address space, processor time, no file written, no
    core dumped. The alarm is for the case that nobody watches any more: a parent that was killed.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    signal.alarm(wall)


if __name__ == "__main__":
    main(sys.argv[1:])
