# SPDX-License-Identifier: GPL-3.0-or-later
"""Which sentences a recording holds, found by their loudness over time."""

import array
import math

# Of the speaker's recording, which QEMU writes with 44.1 kHz, stereo.
RATE = 44100
# Two recordings of the same sentence correlate by more than 0.95, those of two sentences by less than 0.6.
ALIKE = 0.85


def loudness(raw, rate, channels):
    """Mean magnitude of each 20 ms."""
    samples = array.array("h")
    samples.frombytes(raw[: len(raw) // (2 * channels) * 2 * channels])
    left = samples[::channels]
    step = rate // 50
    return [sum(map(abs, left[i : i + step])) / step for i in range(0, len(left) - step + 1, step)]


def of_file(data):
    """Of a WAV file with 16 bits."""
    channels, rate = int.from_bytes(data[22:24], "little"), int.from_bytes(data[24:28], "little")
    return loudness(data[data.index(b"data") + 8 :], rate, channels)


def trimmed(values):
    loud = [i for i, value in enumerate(values) if value > 50]
    return values[loud[0] : loud[-1] + 1] if loud else []


def occurrences(values, pattern):
    """Where the pattern sounds."""
    found = []
    count = len(pattern)
    mean = sum(pattern) / count
    pattern = [value - mean for value in pattern]
    norm = math.sqrt(sum(value * value for value in pattern))
    place = 0
    best = None
    while place + count <= len(values):
        window = values[place : place + count]
        mean = sum(window) / count
        power = sum(value * value for value in window) - count * mean * mean
        # The pattern's mean is zero, so the window's doesn't matter.
        alike = sum(map(lambda a, b: a * b, window, pattern)) / (norm * math.sqrt(power)) if power > 1 else 0
        if alike > ALIKE and (best is None or alike > best[0]):
            best = (alike, place)
        if best and place > best[1] + count // 2:
            found.append(best[1])
            best = None
        place += 1
    return found + ([best[1]] if best else [])


def counts(values, patterns):
    """How often each sentence was heard in full."""
    return [len(occurrences(values, pattern)) for pattern in patterns]
