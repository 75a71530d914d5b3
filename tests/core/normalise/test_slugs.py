"""Names for addresses."""

import pytest

from portal.core.normalise import slugs


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Klassiek herstel", "klassiek-herstel"),
        ("Réparation  & peinture!", "reparation-peinture"),
        ("Große Schäden", "grosse-schaden"),
        ("车库", "new"),
        ("x" * 60, "x" * 40),
    ],
)
def test_a_name_becomes_a_slug(name, slug):
    assert slugs.slug(name) == slug


def test_a_slug_that_is_taken_gets_a_number():
    assert slugs.slug("Glass", {"glass", "glass-2"}) == "glass-3"
    assert slugs.slug("x" * 60, {"x" * 40}) == "x" * 38 + "-2"
