"""Frames: whatever way the bytes arrive, the same frames come out."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlroles.engine.frames import Channel, Frame, Kind, Splitter, pack

FRAMES = st.lists(
    st.builds(Frame, st.sampled_from(Kind), st.binary(max_size=300), st.booleans()), max_size=8
)


@given(FRAMES, st.integers(1, 50))
def test_frames_survive_any_cutting(frames: list[Frame], step: int) -> None:
    stream = b"".join(pack(frame.kind, frame.payload, last=frame.last) for frame in frames)
    splitter = Splitter()
    found = [
        frame
        for place in range(0, len(stream), step)
        for frame in splitter.split(stream[place : place + step])
    ]
    assert found == frames


def test_a_channel_keeps_what_came_before_a_time_out() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        channel = Channel(ours)
        ours.settimeout(0.01)
        whole = pack(Kind.CHUNK, b"abc")
        theirs.sendall(whole[:6])
        with pytest.raises(TimeoutError):
            channel.receive()
        theirs.sendall(whole[6:])
        assert channel.receive() == Frame(Kind.CHUNK, b"abc", last=False)


def test_a_frame_received_alone_leaves_the_next_one() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(pack(Kind.READY) + pack(Kind.END, b"x"))
        assert Channel(ours).receive_alone().kind is Kind.READY
        assert Channel(ours).receive().payload == b"x"


def test_a_closed_channel_says_so() -> None:
    ours, theirs = socket.socketpair()
    theirs.close()
    with ours, pytest.raises(EOFError):
        Channel(ours).receive()
