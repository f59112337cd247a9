// SPDX-License-Identifier: GPL-3.0-or-later

/// Sound that can be told apart sample by sample.
package enum SoundSamples {
    /// `count` samples, none of them silent, that are the beginning of the sound numbered `seed`.
    package static func make(_ seed: Int, _ count: Int) -> [Int16] {
        (0..<count).map { Int16(1 + (seed &* 7_919 &+ $0 &* 31) % 30_000) }
    }

    /// 10 ms of silence, to be played before anything else: PulseAudio swallows up to 5 ms where a stream begins.
    package static let lead = [Int16](repeating: 0, count: 220)

    /// Bytes as they lie in a raw file.
    package static func decode(_ bytes: [UInt8]) -> [Int16] {
        stride(from: 0, to: bytes.count - 1, by: 2).map {
            Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
        }
    }

    /// Where two sounds differ, in a few words; `nil` if they don't.
    package static func difference(_ found: some Collection<Int16>, _ expected: some Collection<Int16>) -> String? {
        if found.elementsEqual(expected) { return nil }
        let place = zip(found, expected).enumerated().first { $0.element.0 != $0.element.1 }
        let detail = place.map { "sample \($0.offset) is \($0.element.0), not \($0.element.1)" } ?? "one goes on"
        return "\(found.count) samples instead of \(expected.count); \(detail)"
    }

    /// Stretches of sound, and of silence that is at least `gap` samples long; the silence around is left out.
    package static func stretches(_ samples: some Collection<Int16>, gap: Int = 1) -> [SoundStretch] {
        var stretches: [SoundStretch] = []
        var silence = 0
        for (index, sample) in samples.enumerated() {
            guard sample != 0 else {
                silence += 1
                continue
            }
            if stretches.isEmpty || silence >= gap {
                stretches.append(SoundStretch(start: index, samples: []))
            } else {
                stretches[stretches.count - 1].samples += repeatElement(0, count: silence)
            }
            stretches[stretches.count - 1].samples.append(sample)
            silence = 0
        }
        return stretches
    }
}

/// Sound between silences.
package struct SoundStretch: Sendable, Equatable {
    package var start: Int
    package var samples: [Int16]

    package var end: Int { start + samples.count }
}
