# SPDX-License-Identifier: GPL-3.0-or-later
"""The PyPI library wyoming, unchanged, as Home Assistant uses it: an announcement to the satellite, speech, questions.
Part of clients.py."""

import array
import asyncio
import importlib.metadata
import random
import time

from wyoming.asr import Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncTcpClient
from wyoming.error import Error
from wyoming.handle import Handled, NotHandled
from wyoming.info import Describe, Info
from wyoming.ping import Ping, Pong
from wyoming.satellite import RunSatellite
from wyoming.snd import Played
from wyoming.tts import (
    Synthesize, SynthesizeChunk, SynthesizeStart, SynthesizeStop, SynthesizeStopped, SynthesizeVoice)

LIMIT = 60
FORMAT = {"rate": 22050, "width": 2, "channels": 1}


def noise(seconds, seed):
    """Sound that can be told apart sample by sample, none of it silence."""
    generator = random.Random(seed)
    return array.array("h", (generator.randint(1, 20000) for _ in range(int(seconds * FORMAT["rate"])))).tobytes()


async def read(client):
    event = await asyncio.wait_for(client.read_event(), LIMIT)
    if event is None:
        raise SystemExit("the daemon closed the connection")
    return event


async def until(client, kind):
    """The events up to the first of a kind."""
    events = []
    while not events or not kind.is_type(events[-1].type):
        events.append(await read(client))
    return events


async def describe(port):
    async with AsyncTcpClient("127.0.0.1", port) as client:
        await client.write_event(Describe().event())
        return Info.from_event(await read(client))


async def announce(client, sound):
    await client.write_event(AudioStart(**FORMAT, timestamp=0).event())
    for start in range(0, len(sound), 2048):
        await client.write_event(AudioChunk(audio=sound[start:start + 2048], **FORMAT, timestamp=start // 44).event())
    await client.write_event(AudioStop().event())


async def satellite(port, played, watcher):
    """An announcement that is longer than what waits in the daemon is heard to its end, in real time. Its client learns
    meanwhile that the daemon is there: Home Assistant waits 5 s."""
    info = await describe(port)
    sound = noise(10, 1)
    async with AsyncTcpClient("127.0.0.1", port) as client:
        await client.write_event(RunSatellite().event())
        start, pongs = time.monotonic(), []

        async def ping():
            while True:
                await asyncio.sleep(0.5)
                await client.write_event(Ping().event())

        pinging = asyncio.create_task(ping())
        announcing = asyncio.create_task(announce(client, sound))
        while not Played.is_type((event := await read(client)).type):
            pongs += [time.monotonic()] if Pong.is_type(event.type) else []
        taken = time.monotonic() - start
        pinging.cancel()
        await announcing
        silence = max(after - before for before, after in zip([start, *pongs], pongs))
        _, sounded = await asyncio.to_thread(watcher.wait, start, "sound_start")
        # An empty one.
        await announce(client, b"")
        await until(client, Played)
    with open(played, "rb") as file:
        heard = sound in file.read()
    return {
        "version": importlib.metadata.version("wyoming"), "name": info.satellite.name, "played_after_s": round(taken, 2),
        "pongs": len(pongs), "longest_silence_s": round(silence, 2), "first_sound_ms": round(sounded["ms"]), "heard": heard,
        "ok": info.satellite.installed and heard and 10 <= taken and silence < 4}


async def stopped(port, stop, watcher):
    """A stop silences an announcement, and the client need not wait for the rest of its time."""
    async with AsyncTcpClient("127.0.0.1", port) as client:
        start = time.monotonic()
        await announce(client, noise(20, 2))
        await asyncio.to_thread(watcher.wait, start, "sound_start")
        await asyncio.to_thread(stop)
        moment = time.monotonic()
        await until(client, Played)
        taken = time.monotonic() - start
        await announce(client, noise(0.5, 3))
        await until(client, Played)
    return {"played_after_stop_ms": round((taken + start - moment) * 1000), "ok": taken < 15}


async def speech(port):
    """A text, whole and in portions, is the same sound; a voice can be named."""
    info = await describe(port)
    text = "The dishwasher has finished. Please empty it."
    german = next(voice for voice in info.tts[0].voices if "de" in voice.languages)
    async with AsyncTcpClient("127.0.0.1", port) as client:
        async def sound(kind):
            start = time.monotonic()
            events = await until(client, kind)
            chunks = [AudioChunk.from_event(event).audio for event in events if AudioChunk.is_type(event.type)]
            assert AudioStart.is_type(events[0].type), events[0]
            return b"".join(chunks), round((time.monotonic() - start) * 1000)

        await client.write_event(Synthesize(text=text).event())
        whole, taken = await sound(AudioStop)
        await client.write_event(SynthesizeStart(voice=SynthesizeVoice(language="en-US")).event())
        for word in text.split(" "):
            await client.write_event(SynthesizeChunk(text=word + " ").event())
        await client.write_event(Synthesize(text=text).event())
        await client.write_event(SynthesizeStop().event())
        streamed, _ = await sound(SynthesizeStopped)
        await client.write_event(Synthesize(text=text, voice=SynthesizeVoice(name=german.name)).event())
        other, _ = await sound(AudioStop)
        await client.write_event(Synthesize(text=text, voice=SynthesizeVoice(name="nobody")).event())
        error = Error.from_event(await read(client))
    return {
        "voices": len(info.tts[0].voices), "seconds": round(len(whole) / 44100, 2), "all_ms": taken, "error": error.text,
        "streams": info.tts[0].supports_synthesize_streaming,
        "ok": len(whole) > 88_000 and abs(len(streamed) - len(whole)) < 4_410 and other != whole
        and "nobody" in error.text}


async def questions(port, expected):
    """A question is answered in writing; one without text is not."""
    info = await describe(port)
    async with AsyncTcpClient("127.0.0.1", port) as client:
        start = time.monotonic()
        await client.write_event(Transcript(text="Why?", language="en", context={"conversation_id": "01M8"}).event())
        answer = Handled.from_event((await until(client, Handled))[-1]).text
        taken = time.monotonic() - start
        await client.write_event(Transcript(text="").event())
        reason = NotHandled.from_event((await until(client, NotHandled))[-1]).text
    return {
        "model": info.handle[0].models[0].name, "answered_after_s": round(taken, 1), "not_handled": reason,
        "ok": answer == expected.strip() and bool(reason)}


def report(ports, played, stop, watcher, expected):
    """ports: of the satellite, and of speech and questions."""
    return {
        "wyoming satellite": asyncio.run(satellite(ports[0], played, watcher)),
        "wyoming stop": asyncio.run(stopped(ports[0], stop, watcher)),
        "wyoming tts": asyncio.run(speech(ports[1])),
        "wyoming handle": asyncio.run(questions(ports[1], expected)),
    }
