// SPDX-License-Identifier: GPL-3.0-or-later

/// Sound that can be identified sample by sample.
package enum SoundSamples {
    /// The first `count` samples of the sound numbered `seed`; none of them is silent.
    package static func make(_ seed: Int, _ count: Int) -> [Int16] {
        (0..<count).map { Int16(1 + (seed &* 7_919 &+ $0 &* 31) % 30_000) }
    }

    /// 10 ms of silence, to be played before anything else: PulseAudio swallows up to 5 ms at the beginning of a
    /// stream.
    package static let lead = [Int16](repeating: 0, count: 220)

    /// Decodes bytes as they are in a raw file.
    package static func decode(_ bytes: [UInt8]) -> [Int16] {
        stride(from: 0, to: bytes.count - 1, by: 2).map {
            Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
        }
    }

    /// A short description of where two sounds differ; `nil` if they don't.
    package static func difference(_ found: some Collection<Int16>, _ expected: some Collection<Int16>) -> String? {
        if found.elementsEqual(expected) { return nil }
        let place = zip(found, expected).enumerated().first { $0.element.0 != $0.element.1 }
        let detail = place.map { "sample \($0.offset) is \($0.element.0), not \($0.element.1)" } ?? "one is longer"
        return "\(found.count) samples instead of \(expected.count); \(detail)"
    }

    /// Stretches of sound separated by at least `gap` samples of silence, without the silence around them.
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
