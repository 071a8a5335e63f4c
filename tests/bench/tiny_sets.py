"""Two quality sets small enough to know the answers by heart."""

import json
from pathlib import Path
from typing import Any

MENTORS = [
    {"id": "cook", "headline": "Cook", "goals": ["Baking bread", "Running a kitchen"], "skills": ["Baking"]},
    {"id": "coder", "headline": "Programmer", "about": "I write Python all day.", "skills": ["JS", "Python"]},
    {"id": "sailor", "headline": "Sailor", "languages": ["English"], "location": "Lisbon"},
    {"id": "chemist", "headline": "Chemist", "research": [{"ref": "yeast"}, {"ref": "glue"}]},
    {"id": "physicist", "headline": "Physicist", "research": [{"ref": "stars"}]},
]
TEXTS = [
    {"id": "yeast", "text": "How yeast cells survive in dough, and what that does to the bread. " * 3},
    {"id": "glue", "text": "Glue made from plants holds wood as well as glue made from oil. " * 3},
    {"id": "stars", "text": "The light of old stars bends around heavy galaxies on its way. " * 3},
]


def write_relevance_set(folder: Path, **changed: Any) -> Path:
    """Who can bake, and who knows JavaScript: by goals, and by another name of a skill."""
    queries = [
        {"id": "bread", "goals": "Baking bread in a kitchen", "group": "food"},
        {"id": "script", "skills": ["JavaScript"], "kind": "hard", "except": ["sailor"]},
    ]
    files: dict[str, Any] = {
        "set.json": {"name": "tiny", "main": "R@1"},
        "candidates.jsonl": MENTORS,
        "queries.jsonl": queries,
        "texts.jsonl": TEXTS,
        "relevance.csv": ["query,candidate,grade", "bread,cook,2", "bread,chemist,1", "script,coder,1"],
    }
    return _write(folder, files | changed)


def write_pair_set(folder: Path) -> Path:
    """One paper, and two people who know more or less of it."""
    files: dict[str, Any] = {
        "set.json": {"name": "papers", "main": "loss"},
        "candidates.jsonl": MENTORS,
        "queries.jsonl": [{"id": "paper", "research": [{"ref": "yeast"}], "among": ["physicist", "chemist"]}],
        "texts.jsonl": TEXTS,
        "pairs.csv": [
            "better_query,better_candidate,worse_query,worse_candidate,weight,kind,group",
            "paper,chemist,paper,physicist,2,easy,one",
            "paper,physicist,paper,chemist,1,,two",
        ],
    }
    return _write(folder, files)


def _write(folder: Path, files: dict[str, Any]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        lines = content if isinstance(content, list) else [content]
        text = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
