"""Where a comment of a file was written, and how the places count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.network import Network, length_on, network_of, room_on


@pytest.mark.parametrize(
    ("name", "link", "found"),
    [
        ("Twitter", "", Network.X),
        (" X ", "", Network.X),
        ("IG", "", Network.INSTAGRAM),
        ("facebook.com", "", Network.FACEBOOK),
        ("", "https://www.tiktok.com/@kota/video/1?lang=id", Network.TIKTOK),
        ("", "https://m.youtube.com/watch?v=1&lc=2", Network.YOUTUBE),
        ("", "https://X.com/kota/status/1", Network.X),
        ("YouTube", "https://x.com/kota/status/1", Network.YOUTUBE),
        ("koran", "https://www.instagram.com/p/1/", Network.INSTAGRAM),
        ("koran", "https://notx.com/1", None),
        ("", "https://x.com.example.org/1", None),
        ("", "https://[::1", None),
        ("", "", None),
    ],
)
def test_the_file_names_it_or_its_link_tells(name: str, link: str, found: Network | None) -> None:
    assert network_of(name, link) is found


@given(st.text(), st.text())
def test_no_name_and_no_link_breaks_it(name: str, link: str) -> None:
    network_of(name, link)
    network_of(name, f"https://{link}")


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("Halo Kak, jalannya diperbaiki.", 30),
        ("Lihat https://pu.example.go.id/jalan/yang/panjang/sekali?dan=lagi ya", 6 + 23 + 3),
        ("Terima kasih 🙏", 15),
        ("🙏🏽", 2),
        ("👨‍👩‍👧‍👦", 2),
        ("❤️", 2),
        ("🇮🇩🇮🇩", 4),
        ("cafe\u0301", 4),
        ("漢字", 4),
        ("“kutip”…", 8 + 1),
    ],
)
def test_x_counts_links_and_pictures_in_its_own_way(text: str, length: int) -> None:
    assert length_on(Network.X, text) == length


@given(st.text())
def test_elsewhere_every_character_counts_once_and_every_place_has_room(text: str) -> None:
    for network in Network:
        assert room_on(network) > 0
        assert length_on(network, text) == len(text) or network is Network.X
