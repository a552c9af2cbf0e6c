"""The texts of the replica that were written for one trap each, and the titles listings print for addresses
behind which no article stands.
"""

from functools import cache

from wardcrawler.replica.content import conference_report
from wardcrawler.replica.grammar import read_text
from wardcrawler.replica.stories import Block, Bullets, File, Paragraph, Story, Table


def story(name: str) -> Story:
    """The text written for trap ``name``; it has no blocks where there is only a title."""
    return conference_report() if name == "conference-report" else _written()[name]


@cache
def _written() -> dict[str, Story]:
    stories = (_read(text.strip().split("\n")) for text in read_text("written.txt").split("# ")[1:])
    return {each.id: each for each in stories}


def _read(lines: list[str]) -> Story:
    """One text: ``name: title``, then one line a paragraph, ``- `` item, ``| `` table row, ``@ `` file."""
    name, _, title = lines[0].partition(": ")
    blocks: list[Block] = []
    for line in lines[1:]:
        last = blocks[-1] if blocks else None
        if line.startswith("- "):
            items = last.items if isinstance(last, Bullets) else ()
            blocks[-1 if items else len(blocks) :] = [Bullets((*items, line[2:]))]
        elif line.startswith("| "):
            rows = last.rows if isinstance(last, Table) else ()
            blocks[-1 if rows else len(blocks) :] = [Table((*rows, tuple(line[2:].split(" | "))))]
        elif line.startswith("@ "):
            file_name, _, label = line[2:].partition(": ")
            blocks.append(File(file_name, label))
        else:
            blocks.append(Paragraph(line))
    return Story(name, title, tuple(blocks))
