"""Moving pictures: nothing goes out with them that tells where and by whom they were made, and what a network can't take is
said while one writes."""

from __future__ import annotations

import io
import random
from dataclasses import replace

import pytest
from PIL import Image

from connectors.bluesky.text import LIMITS as BLUESKY
from connectors.mastodon.text import LIMITS as MASTODON
from connectors.x.text import LIMITS as X
from g20desk.desk import films, gif, mp4
from g20desk.errors import Usage
from g20desk.ledger import pieces
from g20desk.limits import Limits
from g20desk.office.content import PictureFile
from tests.films import FILM, FOLDER, PLACE, box, put_in, with_place
from tests.films import gif as a_gif
from tests.story import content

PRACTICE = ("G20 X", "G20 Bluesky", "G20 Mastodon")


def test_a_real_video_is_read_as_it_is():
    _, film = films.fit(FILM, "film.mp4")
    assert (film.mime, film.width, film.height, film.ms, film.frames) == ("video/mp4", 64, 48, 1000, 30)
    assert (film.codec, film.sound, film.channels, film.rate) == ("H.264", "AAC", 2, 30.0)


@pytest.mark.parametrize("name", ["film.mp4", "front.mp4"])
def test_picture_and_sound_stay_where_they_were_bit_for_bit(name):
    data = (FOLDER / name).read_bytes()
    made, picture, sound = mp4.opened(data)
    assert len(made) == len(data)
    spans = [*picture.spans, *sound.spans]
    assert sum(end - start for start, end in spans) > 500
    assert all(made[start:end] == data[start:end] for start, end in spans)
    assert mp4.opened(made)[0] == made


def test_where_when_and_by_whom_it_was_filmed_is_gone():
    data = with_place()
    assert data.count(PLACE) == 3
    made, _, _ = mp4.opened(data)
    for told in (PLACE, b"A private title", b"Filmed by Ana", b"xmpmeta", b"udta", b"uuid", b"Handler", b"junk"):
        assert told not in made
    at = made.index(b"mvhd") + 8
    assert made[at : at + 8] == bytes(8)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(FILM.replace(b"soun", b"meta"), "holds more than picture and sound", id="timed data"),
        pytest.param((FOLDER / "fragmented.mp4").read_bytes(), "is in fragments", id="fragments"),
        pytest.param(FILM[:-100], "is cut off", id="cut off"),
        pytest.param(b"\x1aE\xdf\xa3" + bytes(100), "is no MP4 video", id="WebM"),
        pytest.param(FILM.replace(b"isom", b"qt  "), "is no MP4 video", id="QuickTime"),
        pytest.param(b"GIF89a" + bytes(20), "can't be read as a GIF", id="a broken GIF"),
    ],
)
def test_what_no_network_takes_is_refused_with_what_to_do(data, says):
    with pytest.raises(Usage) as no:
        films.fit(data, "film")
    assert says in no.value.message
    assert "xport it" in no.value.help or "MP4" in no.value.help


def test_what_is_too_big_for_the_record_is_refused_unread(monkeypatch):
    monkeypatch.setattr(films, "MOST", 1000)
    with pytest.raises(Usage) as no:
        films.fit(FILM, "film.mp4")
    assert no.value.code == "film-too-big"


def test_well_made_rubbish_is_refused_and_nothing_else():
    chance = random.Random(5)
    for _ in range(1500):
        data = bytearray(chance.choice([FILM, with_place(), a_gif()]))
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] = chance.choice([0, 1, 7, 127, 255])
        cut = bytes(data[: chance.randrange(1, len(data))]) if chance.random() < 0.3 else bytes(data)
        films.moves(cut)
        try:
            made, _ = films.fit(cut, "film")
            assert PLACE not in made.data
        except Usage as no:
            assert no.code in ("bad-film", "film-too-big")


def test_a_table_that_counts_more_than_there_is_takes_no_memory():
    at = FILM.index(b"stsz") + 8
    _, film = films.fit(FILM[:at] + b"\0\0\0\1\xff\xff\xff\xff" + FILM[at + 8 :], "film.mp4")
    assert any("pictures a second" in says for says in films.faults(film, X.film, "G20 X"))


def test_a_gif_moves_as_before_without_its_comment():
    data = a_gif()
    made, one = gif.opened(data)
    assert (one.frames, one.ms) == (3, 600)
    assert b"Ana" in data
    assert b"Ana" not in made
    assert b"NETSCAPE2.0" in made
    before, after = (Image.open(io.BytesIO(x)) for x in (data, made))
    assert (before.n_frames, after.n_frames, after.info["loop"]) == (3, 3, 0)
    for n in range(3):
        before.seek(n)
        after.seek(n)
        assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()
    assert films.moves(data)
    assert not films.moves(a_gif(1))


PLAIN = films.Film("video/mp4", 1_000_000, 1280, 720, 60_000, 1800, "H.264", "AAC", 2)
MOVING = films.Film("image/gif", 1_000_000, 640, 360, 3000, 30)


@pytest.mark.parametrize(
    ("film", "most", "says"),
    [
        pytest.param(PLAIN, X, "", id="X takes it"),
        pytest.param(PLAIN, BLUESKY, "", id="Bluesky takes it"),
        pytest.param(PLAIN, MASTODON, "", id="Mastodon takes it"),
        pytest.param(replace(PLAIN, ms=181_000), BLUESKY, "takes videos of 3:00; this one lasts 3:01. Cut", id="B long"),
        pytest.param(replace(PLAIN, ms=1_201_000), X, "20:00; this one lasts 20:01", id="X long"),
        pytest.param(replace(PLAIN, ms=400, frames=12), X, "no video under 0.5 s", id="X short"),
        pytest.param(replace(PLAIN, size=103_900_000), MASTODON, "103.8 MB; this one has 103.9 MB", id="M big"),
        pytest.param(replace(PLAIN, width=3840, height=2160), X, "1920 × 1200 pixels; this one has 3840 × 2160", id="X wide"),
        pytest.param(replace(PLAIN, frames=7200), X, "60 pictures a second; this video has 120", id="X fast"),
        pytest.param(replace(PLAIN, frames=7200), MASTODON, "", id="M takes 120"),
        pytest.param(replace(PLAIN, ms=1_800_000, frames=54_000), MASTODON, "cuts a video after 36000", id="M cuts"),
        pytest.param(replace(PLAIN, codec="HEVC"), MASTODON, "takes H.264; this video is HEVC", id="codec"),
        pytest.param(replace(PLAIN, plain=False), X, "colours of 4:2:0 only", id="colours"),
        pytest.param(replace(PLAIN, channels=6), X, "this video has 6 channels", id="surround"),
        pytest.param(replace(PLAIN, sound="HE-AAC"), X, "this video has HE-AAC", id="sound"),
        pytest.param(replace(PLAIN, square=False), X, "square pixels", id="pixels"),
        pytest.param(replace(PLAIN, width=320, height=1280), X, "no video of 320 × 1280", id="shape"),
        pytest.param(MOVING, X, "", id="X takes the GIF"),
        pytest.param(MOVING, MASTODON, "", id="M takes the GIF"),
        pytest.param(MOVING, BLUESKY, "as a still picture. Use a short MP4", id="B shows it still"),
        pytest.param(replace(MOVING, size=15_100_000), X, "GIFs of 15.0 MB; this one has 15.1 MB", id="GIF big"),
        pytest.param(replace(MOVING, frames=351), X, "GIFs of 350 pictures", id="GIF long"),
        pytest.param(replace(MOVING, width=1920, height=1080), MASTODON, "1280 × 720 pixels", id="GIF wide"),
    ],
)  # fmt: skip
def test_each_network_says_what_it_can_not_take_and_what_to_change(film: films.Film, most: Limits, says: str):
    found = list(films.faults(film, most.film, "G20"))
    assert len(found) == bool(says)
    assert says in "".join(found)


@pytest.mark.parametrize("name", ["hevc.mp4", "444.mp4", "surround.mp4"])
def test_the_codecs_of_real_files_are_told_apart(name):
    _, film = films.fit((FOLDER / name).read_bytes(), name)
    assert len(list(films.faults(film, replace(X.film, least_ms=0), "G20 X"))) == 1


@pytest.fixture
def filed(tmp_path):
    def made(data, name="film.mp4", alt="A blue bar that grows.", part=1):
        (tmp_path / name).write_bytes(data)
        return PictureFile(str(tmp_path / name), {"en": alt}, part)

    return made


def told(made):
    return [(f.get("account"), f["level"], f["message"]) for f in made["findings"] if f["rule"].startswith("STRUCT-1")]


def drafted(office, *files, to=PRACTICE):
    return office.desk().messages.new(content("Ministers met.", to=to, pictures=files))


def test_a_video_is_signed_as_it_goes_out_and_revises_to_the_same_digest(office, filed):
    desk, made = office.desk(), drafted(office, filed(with_place()))
    assert told(made) == [("G20 X", "advise", "X keeps no description with a video: say in the text what it shows.")]
    (shown,) = desk.messages.show(made["message"])["pictures"]
    assert (shown["mime"], shown["width"], shown["height"], shown["ms"]) == ("video/mp4", 64, 48, 1000)
    assert PLACE not in (pieces.get(desk.store, shown) or b"")
    typed = desk.messages.content(made["message"])
    assert desk.messages.revise(made["message"], typed)["digest"] == made["digest"]


def test_what_a_network_can_not_take_stops_the_submission(office, filed):
    made = drafted(office, filed(a_gif(), "a.gif"))
    assert told(made) == [
        ("G20 Bluesky", "block", "G20 Bluesky shows a GIF as a still picture. Use a short MP4 video instead.")
    ]
    assert told(drafted(office, filed(a_gif(), "a.gif"), to=("G20 X", "G20 Mastodon"))) == []
    assert told(drafted(office, filed(a_gif(1), "b.gif"))) == []


def test_it_stands_alone_in_its_post(office, filed, tmp_path):
    Image.new("RGB", (64, 48)).save(tmp_path / "hall.png")
    hall = PictureFile(str(tmp_path / "hall.png"), {"en": "A hall."})
    says = {m for _, level, m in told(drafted(office, filed(FILM), hall)) if level == "block"}
    assert says == {"A video or a GIF stands alone in its post."}


def test_it_is_described_like_any_picture(office, filed):
    blocks = {f["rule"] for f in drafted(office, filed(FILM, alt=""))["findings"] if f["level"] == "block"}
    assert any(rule.startswith("ALT") for rule in blocks)
    made = drafted(office, filed(FILM, alt="A blue bar that grows. " * 60), to=("G20 Bluesky",))
    assert ("G20 Bluesky", "block", "G20 Bluesky takes alt texts of 1000 characters.") in told(made)


def test_what_the_server_told_of_itself_holds(office, mastodon, filed):
    mastodon.face.video_bytes = 3000
    office.add_standin("mastodon", mastodon, "M")
    assert [m for _, _, m in told(drafted(office, filed(FILM), to=("M",)))] == [
        "M takes videos of 0.0 MB; this one has 0.0 MB. Export it smaller."
    ]


def test_a_box_of_another_name_is_emptied_wherever_it_stands():
    data = put_in(FILM, b"moov", box(b"meta", PLACE))
    assert PLACE not in mp4.opened(data)[0]
