// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import LanguageModel
import Synchronization
import TestSupport
import Testing
import Utterance

@testable import Pipeline

@Suite("Given sound", .timeLimit(.minutes(10))) struct GivenSoundTests {
    private static let format = PCMFormat(rate: 22_050)

    /// Delivers `count` portions of half a second each, and notes how many were taken.
    private final class Portions: Sendable {
        let taken = Watched(0)
        private let count: Int
        private let fault: Fault?

        init(_ count: Int, then fault: Fault? = nil) {
            (self.count, self.fault) = (count, fault)
        }

        @Sendable func next() async throws -> PCMSound? {
            let number = taken.change { taken in
                defer { taken += 1 }
                return taken
            }
            guard number < count else {
                if let fault { throw fault }
                return nil
            }
            return PCMSound(SoundSamples.make(number, 11_025), format)
        }
    }

    private static func run(_ portions: Portions, on output: FakeOutput, log: EventLog = EventLog()) async throws
        -> Spoken
    {
        try await Spoken.withPlayer(to: output) { player in
            try await Spoken.run(by: player, log: log, sound: portions.next) { _ in nil }
        }
    }

    @Test("is heard portion by portion, without a pause and without text")
    func heard() async throws {
        let output = FakeOutput()
        let spoken = try await Self.run(Portions(3), on: output)
        #expect(spoken.ending == .finished)
        #expect(spoken.heard == [0, 1, 2] && spoken.synthesized == [0, 1, 2])
        #expect(spoken.pieces.isEmpty && spoken.text.isEmpty)
        #expect(spoken.summary?.sound == Self.format.duration(ofFrames: 11_025) * 3)
        #expect(output.calls == ["start", "piece 0", "piece 1", "piece 2", "drain"])
        #expect(output.violations.isEmpty)
    }

    @Test("may come after a chime, once there is some")
    func chime() async throws {
        func signals(before portions: Portions) async throws -> [String] {
            try await Spoken.withPlayer(to: FakeOutput()) { player in
                try await Spoken.run(
                    by: player, parameters: { $0.signals.chime = .announcement }, sound: portions.next
                ) { _ in nil }
            }.signals
        }
        #expect(try await signals(before: Portions(2)) == ["[announcement]"])
        #expect(try await signals(before: Portions(0)).isEmpty)
    }

    @Test("is asked for only while there is room")
    func bounded() async throws {
        let (output, portions, log) = (FakeOutput(audible: 1), Portions(100), EventLog())
        async let spoken = Self.run(portions, on: output, log: log)
        try await log.waitUntilSynthesized(1)
        // Two were made, one is due, eight wait, and one has no room.
        try await portions.taken.wait { $0 >= 12 ? () : nil }
        #expect(portions.taken.current == 12)
        output.hear(.max)
        #expect(try await spoken.ending == .finished)
        #expect(portions.taken.current == 101)
    }

    @Test("that breaks off fails once everything before was heard, and the listener is told")
    func broken() async throws {
        let fault = Fault(.soundInvalid, "It breaks off.")
        let spoken = try await Self.run(Portions(2, then: fault), on: FakeOutput())
        #expect(spoken.ending == .failed(fault))
        #expect(spoken.heard == [0, 1] && spoken.signals == ["Sorry, something went wrong."])
    }

    @Test("has a volume, and is clipped if it is then too loud")
    func volume() {
        let sound = PCMSound([-32_768, -100, 0, 1, 30_000], Self.format)
        #expect(sound.samples(atVolume: 100) == sound.samples)
        #expect(sound.samples(atVolume: 50) == [-16_384, -50, 0, 0, 15_000])
        #expect(sound.samples(atVolume: 200) == [-32_768, -200, 0, 2, 32_767])
        #expect(sound.samples(atVolume: 0) == [0, 0, 0, 0, 0])
    }
}
