// SPDX-License-Identifier: GPL-3.0-or-later
import SoundCoding
import TestSupport
import Testing

@Suite("Sound of another program") struct SoundCodingTests {
    /// `nil`: there is no converter.
    private static func converted(_ portions: [[Int16]], from rate: Int, to other: Int) -> [Int16]? {
        guard var resampler = Resampler(from: rate, to: other) else { return nil }
        var samples: [Int16] = []
        for portion in portions { samples += resampler.convert(portion) }
        return samples + resampler.finish()
    }

    @Test(
        "is the same at another rate, however it is split",
        arguments: [(8_000, 22_050), (48_000, 22_050), (22_050, 16_000)])
    func portions(from rate: Int, to other: Int) throws {
        let samples = tone(seconds: 1, rate: rate)
        let expected = try #require(Self.converted([samples], from: rate, to: other))
        #expect(expected.count == other)
        var generator = SeededGenerator(seed: 1)
        var (portions, position) = ([[Int16]](), 0)
        while position < samples.count {
            let end = min(samples.count, position + Int.random(in: 0...700, using: &generator))
            portions.append(Array(samples[position..<end]))
            position = end
        }
        let converted = try #require(Self.converted(portions, from: rate, to: other))
        #expect(SoundSamples.difference(converted, expected) == nil)
        let crossings = zip(expected, expected.dropFirst()).count { ($0 < 0) != ($1 < 0) }
        #expect(abs(crossings - 880) <= 4)
    }

    @Test("that is empty stays empty, and an impossible rate has no converter")
    func nothing() {
        #expect(Self.converted([[]], from: 8_000, to: 48_000) == [])
        #expect(Self.converted([], from: 0, to: 22_050) == nil)
        #expect(Self.converted([], from: 22_050, to: -1) == nil)
    }

    @Test("has two channels mixed into one, and no incomplete frame")
    func channels() throws {
        let stereo = try PCMCoding(rate: 16_000, width: 2, channels: 2)
        #expect(
            stereo.samples(of: [1, 0, 3, 0, 0xFF, 0x7F, 0xFF, 0x7F, 0, 0x80, 0, 0x80, 9, 9]) == [2, 32_767, -32_768])
        #expect(try PCMCoding(rate: 16_000, width: 2, channels: 1).samples(of: [0xFF, 0xFF, 7]) == [-1])
        for (rate, width, channels) in [
            (7_999, 2, 1), (48_001, 2, 1), (16_000, 1, 1), (16_000, 4, 1), (16_000, 2, 0), (16_000, 2, 3),
        ] {
            #expect(throws: PCMCoding.Unplayable.self) { try PCMCoding(rate: rate, width: width, channels: channels) }
        }
    }
}
