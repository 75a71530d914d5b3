"""Mail addresses: kept as servers know them, refused when they could carry anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.normalise import emails


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("jan@example.com", "jan@example.com"),
        ("  jan@example.com \n", "jan@example.com"),
        ("Jan@EXAMPLE.Com", "Jan@example.com"),
        ("jan.jansen+garage@mail.example.co.uk", "jan.jansen+garage@mail.example.co.uk"),
        ("o'brien@example.com", "o'brien@example.com"),
        ("jan@bücher.example.com", "jan@bücher.example.com"),
        ("jan@xn--bcher-kva.com", "jan@bücher.com"),
        ("jan@bu\u0308cher.example.com", "jan@bücher.example.com"),
        ("a" * 64 + "@example.com", "a" * 64 + "@example.com"),
        ("jan@ｅｘａｍｐｌｅ.com", "jan@example.com"),
    ],
)
def test_an_address_has_one_spelling(written, address):
    assert emails.normalise(written) == address


@pytest.mark.parametrize(
    "written",
    ["", "@", "jan", "jan@", "@example.com", "jan@example", "jan@@example.com", "jan@example..com", "jan@.com",
     ".jan@example.com", "jan.@example.com", "jan@-example.com", "jan@[127.0.0.1]", "jan@localhost",
     "jan jansen@example.com", '"jan jansen"@example.com', "Jan <jan@example.com>", "jan@example.com, eve@example.com",
     "jan@example.com\r\nBcc: eve@example.com", "jan\n@example.com", "jan@example.com\0", "jan\0@example.com",
     "jan@exam\u200bple.com", "jan\u202e@example.com", "\ud800@example.com", "jan@\ud800.com", "jan@example.com;eve",
     "mailto:jan@example.com", "a" * 65 + "@example.com", "a" * 250 + "@example.com", "jan@" + "a" * 64 + ".com",
     "<script>@example.com", "jan@example.com?bcc=eve@example.com"],
)  # fmt: skip
def test_what_is_no_plain_address_is_refused(written):
    assert emails.normalise(written) is None


@pytest.mark.parametrize("written", ["jörg@example.com", "jo\u0308rg@example.com", "josé@müller.example.com"])
def test_an_address_that_only_few_servers_take_is_refused_and_known_as_such(written):
    assert emails.normalise(written) is None and emails.is_accented(written)


@pytest.mark.parametrize(
    "written", ["jose@müller.example.com", "jose@example.com", "josé", "josé @example.com", ""]
)
def test_nothing_else_is_taken_for_one(written):
    assert not emails.is_accented(written)


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("jan@example.com", "jan@example.com"),
        ("jan@bücher.com", "jan@xn--bcher-kva.com"),
        ("jan@straße.de", "jan@xn--strae-oqa.de"),
        ("jörg@example.com", None),
    ],
)
def test_an_address_is_sent_to_as_every_mail_server_takes_it(address, sent):
    assert emails.on_the_wire(address) == sent


@given(st.text(st.characters(exclude_categories=())) | st.emails())
def test_whatever_is_typed_the_answer_is_none_or_one_address_on_one_line(text):
    address = emails.normalise(text)
    if address is not None:
        assert address.count("@") == 1 and len(address) <= emails.MAX_LENGTH
        assert address.isprintable() and not set(address) & set(' <>,;:"\\()[]\r\n')
        assert emails.normalise(address) == address
        sent = emails.on_the_wire(address)
        assert sent is not None and sent.isascii()


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("jan@example.be", "j•••@e•••.be"),
        ("jan.jansen@mail.example.co.uk", "j•••@m•••.uk"),
        ("é@é.fr", "é•••@é•••.fr"),
    ],
)
def test_a_masked_address_is_recognised_by_its_owner_alone(address, masked):
    assert emails.masked(address) == masked


@given(st.emails())
def test_a_masked_address_shows_two_signs_and_the_ending(address):
    local, _, domain = address.partition("@")
    name, _, ending = domain.rpartition(".")
    assert emails.masked(address) == f"{local[0]}•••@{name[:1]}•••.{ending}"
