"""The questions in the docs have the answers that the docs print."""

import re
from pathlib import Path

from tests.docs.questions import PAGE, made_anew


def test_every_answer_is_what_its_question_prints(db: str, tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    (output / "demo.db").symlink_to(db)
    page = PAGE.read_text(encoding="utf-8")
    assert made_anew(page, tmp_path) == page, "run: python -m tests.docs.questions"


def test_there_are_five_questions_each_answered_in_sql_and_in_pandas() -> None:
    _, *questions = re.split(r"^## \d\. ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len(questions) == 5
    for question in questions:
        assert question.count("```sql") >= 1, question
        assert question.count("```python") >= 1, question
        assert question.count("```text") >= 2, question
