// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Testing
import Utterance

@testable import Pipeline

@Suite("An earcon") struct EarconTests {
    private static let format = PCMFormat(rate: 22_050)

    @Test("is short, begins and ends without a click, and is as loud as requested", arguments: AudibleSignal.allCases)
    func shape(signal: AudibleSignal) throws {
        let samples = Earcon(signal).samples(in: Self.format, volume: 100)
        #expect(Self.format.duration(ofFrames: samples.count) <= .milliseconds(400))
        #expect(try #require(samples.first).magnitude < 16)
        #expect(try #require(samples.last).magnitude < 16)
        let loudest = try #require(samples.map(\.magnitude).max())
        #expect((3_000...5_000).contains(loudest))
        let louder = Earcon(signal).samples(in: Self.format, volume: 200)
        #expect(abs(Int(try #require(louder.map(\.magnitude).max())) - 2 * Int(loudest)) <= 2)
        #expect(Earcon(signal).samples(in: Self.format, volume: 0).allSatisfy { $0 == 0 })
    }

    @Test("identifies its signal by its melody", arguments: zip(AudibleSignal.allCases, [1, 0, -1, 1]))
    func melody(signal: AudibleSignal, rise: Int) {
        let samples = Earcon(signal).samples(in: Self.format, volume: 100)
        let first = crossings(samples.prefix(Self.format.frames(in: .milliseconds(60))))
        let last = crossings(samples.suffix(Self.format.frames(in: .milliseconds(60))))
        #expect((last - first).signum() * (abs(last - first) > 2 ? 1 : 0) == rise)
    }

    /// How often a sound crosses zero upwards, which shows its pitch.
    private func crossings(_ samples: ArraySlice<Int16>) -> Int {
        zip(samples, samples.dropFirst()).count { $0 < 0 && $1 >= 0 }
    }
}
