// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Speech

@Suite("Trimming silence")
struct SilenceTrimmerTests {
    private struct Part: Equatable {
        var start: Int
        var samples: [Int16]
    }

    /// What comes out if `samples` go in, `size` at a time.
    private func trim(_ samples: [Int16], by size: Int) -> [Part] {
        var trimmer = SilenceTrimmer()
        var parts: [Part] = []
        for start in stride(from: 0, to: samples.count, by: size) {
            let chunk = Array(samples[start..<min(start + size, samples.count)])
            let goesOn = trimmer.append(chunk.span) { span, frame in
                parts.append(Part(start: frame, samples: span.indices.map { span[$0] }))
                return true
            }
            #expect(goesOn)
        }
        return parts
    }

    @Test(
        "trims both ends and keeps what is in between, however the sound is split",
        arguments: [
            ([], 0..<0), ([0, 0, 64, -64], 0..<0), ([65], 0..<1), ([-65, 0], 0..<1), ([.min], 0..<1),
            ([0, 64, 65, 1, 0, -64, 3_000, 0, 0], 2..<7), ([9_000, 0, 0, 0, 0, 0, 0, 0, 9_000], 0..<9),
            ([0, 0, 100, 0, 0, 0, 100, 0, 100, 0, 0, 0, 0], 2..<9),
        ] as [([Int16], Range<Int>)])
    func table(samples: [Int16], kept: Range<Int>) {
        for size in 1...max(1, samples.count) {
            let parts = trim(samples, by: size)
            #expect(parts.flatMap(\.samples) == Array(samples[kept]))
            // Each part says where it was, and they are consecutive.
            var next = kept.lowerBound
            for part in parts {
                #expect(part.start == next && !part.samples.isEmpty)
                next += part.samples.count
            }
        }
    }

    @Test("lets a pause through that is longer than it can hold", arguments: [1_000, 100_000])
    func longPause(size: Int) {
        let pause = [Int16](repeating: 0, count: SilenceTrimmer.holdLimit * 3)
        #expect(trim([100] + pause + [100], by: size).flatMap(\.samples).count == pause.count + 2)
        // Without a sound after it, everything beyond what it can hold has come out.
        #expect(trim([100] + pause, by: 1_000).flatMap(\.samples).count > pause.count - SilenceTrimmer.holdLimit)
    }

    @Test("starts over with new sound")
    func reset() {
        var trimmer = SilenceTrimmer()
        var count = 0
        let sound: [Int16] = [0, 100, 0, 0]
        for _ in 0..<2 {
            _ = trimmer.append(sound.span) { span, frame in
                #expect(frame == 1)
                count += span.count
                return true
            }
            trimmer.reset()
        }
        #expect(count == 2)
    }

    @Test("ends if nothing more is wanted")
    func refused() {
        var trimmer = SilenceTrimmer()
        let sound: [Int16] = [100, 0, 100]
        #expect(!trimmer.append(sound.span) { _, _ in false })
    }
}
