"""What people type becomes the label that is meant, and look-alikes stay apart."""

import pytest

from core.taxonomy import BUILT_IN, MAX_TAG_LENGTH, TagKind

fold, fold_all, key = BUILT_IN.fold, BUILT_IN.fold_all, BUILT_IN.key


@pytest.mark.parametrize(
    ("kind", "typed", "label"),
    [
        (TagKind.SKILL, "JS", "JavaScript"),
        (TagKind.SKILL, "Javascript", "JavaScript"),
        (TagKind.SKILL, "java script", "JavaScript"),
        (TagKind.SKILL, "k8s", "Kubernetes"),
        (TagKind.SKILL, "K8S ", "Kubernetes"),
        (TagKind.SKILL, "ML", "Machine learning"),
        (TagKind.SKILL, "machine-learning", "Machine learning"),
        (TagKind.SKILL, "Maschinelles Lernen", "Machine learning"),
        (TagKind.SKILL, "Aprendizaje automatico", "Machine learning"),
        (TagKind.SKILL, "Machine Learning (ML)", "Machine learning"),
        (TagKind.SKILL, "AI", "Artificial intelligence"),
        (TagKind.SKILL, "c ++", "C++"),
        (TagKind.SKILL, "CPP", "C++"),
        (TagKind.SKILL, "C Sharp", "C#"),
        (TagKind.SKILL, "c", "C"),
        (TagKind.SKILL, "r", "R"),
        (TagKind.SKILL, "golang", "Go"),
        (TagKind.SKILL, "dotnet", ".NET"),
        (TagKind.SKILL, ".net", ".NET"),
        (TagKind.SKILL, "NodeJS", "Node.js"),
        (TagKind.SKILL, "node js", "Node.js"),
        (TagKind.SKILL, "React.js", "React"),
        (TagKind.SKILL, "data viz", "Data visualisation"),
        (TagKind.SKILL, "Data Visualization", "Data visualisation"),
        (TagKind.SKILL, "database", "Databases"),
        (TagKind.SKILL, "RNA-seq", "RNA sequencing"),
        (TagKind.SKILL, "M & A", "Mergers and acquisitions"),
        (TagKind.SKILL, "ci / cd", "Continuous integration"),
        (TagKind.INDUSTRY, "biotech", "Biotechnology"),
        (TagKind.INDUSTRY, "Health-care", "Healthcare"),
        (TagKind.INDUSTRY, "R&D", "Research and development"),
        (TagKind.INDUSTRY, "NGO", "Non-profit organisations"),
        (TagKind.INDUSTRY, "Nonprofit Organization", "Non-profit organisations"),
        (TagKind.INDUSTRY, "Onderwijs", "Education"),
        (TagKind.RESEARCH, "oncology", "Cancer research"),
        (TagKind.RESEARCH, "Aging", "Ageing"),
        (TagKind.RESEARCH, "Pediatrics", "Paediatrics"),
        (TagKind.RESEARCH, "Behavioral Economics", "Behavioural economics"),
        (TagKind.RESEARCH, "Womens health", "Women's health"),
        (TagKind.LANGUAGE, "Deutsch", "German"),
        (TagKind.LANGUAGE, "espanol", "Spanish"),
        (TagKind.LANGUAGE, "Français", "French"),
        (TagKind.LANGUAGE, "हिन्दी", "Hindi"),
        (TagKind.LANGUAGE, "中文", "Mandarin Chinese"),
        (TagKind.TOPIC, "k8s", "Kubernetes"),
        (TagKind.TOPIC, "biotech", "Biotechnology"),
        (TagKind.TOPIC, "oncology", "Cancer research"),
    ],
)
def test_a_known_spelling_becomes_its_label(kind: TagKind, typed: str, label: str) -> None:
    assert fold(kind, typed) == label


@pytest.mark.parametrize(
    "look_alikes",
    [
        ("Java", "JavaScript", "TypeScript"),
        ("C", "C++", "C#", "Objective-C", "C/C++"),
        ("F#", "F"),
        (".NET", "Net", "ASP.NET", "Networking"),
        ("React", "React Native"),
        ("Angular", "AngularJS"),
        ("SQL", "NoSQL", "MySQL", "PostgreSQL", "SQLite"),
        ("Product management", "Project management", "Programme management"),
        ("R", "Ruby", "Rust", "ROS"),
        ("Go", "Go-to-market"),
        ("Git", "GitHub", "GitLab"),
        ("Data science", "Data analysis", "Data engineering"),
        ("UX", "UI"),
        ("Adobe Illustrator", "Illustration"),
        ("Apache Kafka", "RabbitMQ"),
        ("Nextflow", "Snakemake"),
        ("Spring Boot", "Spring"),
        ("A*", "A"),
    ],
)
def test_look_alikes_stay_apart(look_alikes: tuple[str, ...]) -> None:
    for kind in (TagKind.SKILL, TagKind.TOPIC):
        assert len({key(kind, text) for text in look_alikes}) == len(look_alikes)


@pytest.mark.parametrize("kind", TagKind)
@pytest.mark.parametrize("typed", ["PM", "Underwater basket weaving", "Ökosystemleistungen", "🌱"])
def test_an_unknown_term_stays_as_typed(kind: TagKind, typed: str) -> None:
    assert fold(kind, typed) == typed


def test_an_abbreviation_means_a_term_only_where_it_is_clear() -> None:
    assert fold(TagKind.RESEARCH, "SNA") == "Social network analysis"
    assert fold(TagKind.SKILL, "CV") == "CV"
    assert fold(TagKind.INDUSTRY, "Verwaltung") == "Government"
    assert fold(TagKind.SKILL, "Verwaltung") == "Public administration"
    assert fold(TagKind.TOPIC, "Verwaltung") == "Verwaltung"


def test_a_remark_in_brackets_is_no_short_form() -> None:
    assert fold(TagKind.SKILL, "Python (beginner)") == "Python (beginner)"
    assert fold(TagKind.SKILL, "Python (ML)") == "Python (ML)"


def test_stray_spaces_and_control_characters_go() -> None:
    assert fold(TagKind.SKILL, " \tglass\x00  blow\u202eing\n\u200b") == "glass blowing"
    assert fold(TagKind.SKILL, "\u200d \x00") == ""


def test_a_long_text_is_cut_to_what_slack_shows() -> None:
    assert fold(TagKind.SKILL, "x" * 200) == "x" * MAX_TAG_LENGTH


def test_a_list_is_folded_in_order_without_repeats_or_blanks() -> None:
    typed = ["k8s", "Basket weaving", "", "Kubernetes", "basket-weaving", "js", "Java"]
    assert fold_all(TagKind.SKILL, typed) == ("Kubernetes", "Basket weaving", "JavaScript", "Java")
