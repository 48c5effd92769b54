from language import glossary
from settings import ROOT


def test_the_glossary_of_the_docs_is_the_one_of_the_page() -> None:
    assert (ROOT / "docs/glossary.md").read_text("utf-8") == glossary.markdown(), "run make docs"


def test_both_languages_have_the_same_terms_in_the_same_order() -> None:
    assert len(glossary.entries("id")) == len(glossary.entries("en")) > 40
    assert all(term and meaning for lang in ("id", "en") for term, meaning in glossary.entries(lang))
