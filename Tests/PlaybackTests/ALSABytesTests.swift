// SPDX-License-Identifier: GPL-3.0-or-later
import Playback
import TestSupport
import Testing
import Utterance

/// Through the real alsa-lib into a file: every byte, but no timing.
@Suite("What the device gets", .timeLimit(.minutes(10)))
struct ALSABytesTests {
    /// Plays `pieces`, all of them written before the device is opened, and returns what arrived at `device:PATH`.
    private func play(
        _ pieces: [(samples: [Int16], pause: Duration)], on device: String = "capture"
    ) async throws -> (samples: [Int16], reports: [PlaybackReport]) {
        let path = SoundWorld.shared.path("capture")
        let output = ALSAOutput(PlaybackParameters(device: "\(device):\(path)"))
        let coming = output.startUtterance()
        async let reports = coming.all()
        for (index, piece) in pieces.enumerated() { output.say(index, piece.samples, pause: piece.pause) }
        try await output.open(format)
        try await output.drain()
        await output.close()
        return (SoundSamples.decode(readFile(path) ?? []), await reports)
    }

    @Test("begins with silence if the device was opened, and only then")
    func leadIn() async throws {
        let path = SoundWorld.shared.path("lead-in")
        let output = ALSAOutput(
            PlaybackParameters(device: "capture:\(path)", leadIn: .milliseconds(100), keepOpen: .seconds(60)))
        let sound = SoundSamples.make(1, 3_000)
        for _ in 0..<2 {
            output.startUtterance()
            try await output.open(format)
            output.say(0, sound)
            try await output.drain()
        }
        await output.close()
        let stretches = SoundSamples.stretches(SoundSamples.decode(readFile(path) ?? []))
        #expect(stretches.map(\.samples) == [sound, sound])
        #expect(stretches.first?.start == 2_205)
        // Between them is the end of the first, and at most a tenth of a second more.
        #expect((stretches.last?.start ?? 0) - (stretches.first?.end ?? 0) < 2_205)
    }

    @Test("is every sample, in order, to the last one")
    func everySample() async throws {
        let sound = SoundSamples.make(1, 50_003)
        let played = try await play([(sound, .zero)])
        #expect(SoundSamples.difference(played.samples.prefix(sound.count), sound) == nil)
        #expect(played.samples.dropFirst(sound.count).allSatisfy { $0 == 0 })
        #expect(played.reports.map(\.what) == ["start 0", "heard 0"])
    }

    @Test("are the pauses between pieces, to the sample, and none before the first")
    func pauses() async throws {
        let first = SoundSamples.make(1, 2_000)
        let second = SoundSamples.make(2, 700)
        let third = SoundSamples.make(3, 1)
        let played = try await play([
            (first, .seconds(1)), (second, .milliseconds(150)), (third, .milliseconds(400)),
        ])
        let pause = [Int16](repeating: 0, count: 3_307)
        let longPause = [Int16](repeating: 0, count: 8_820)
        let expected = first + pause + second + longPause + third
        #expect(SoundSamples.difference(played.samples.prefix(expected.count), expected) == nil)
        #expect(played.reports.map(\.what) == ["start 0", "heard 0", "start 1", "heard 1", "start 2", "heard 2"])
    }

    @Test("is the same through a converter, if a device only accepts another format; a notice says so")
    func converted() async throws {
        let sound = SoundSamples.make(1, 10_000)
        let played = try await play([(sound, .zero)], on: "float")
        #expect(SoundSamples.difference(played.samples.prefix(sound.count), sound) == nil)
        #expect(played.reports.map(\.what) == ["notice device_converted", "start 0", "heard 0"])
    }

    @Test("is nothing if nothing is said")
    func nothing() async throws {
        let played = try await play([])
        #expect(played.samples.isEmpty)
        #expect(played.reports.isEmpty)
    }

    @Test("is nothing for a piece without sound, which still counts as heard")
    func emptyPiece() async throws {
        let sound = SoundSamples.make(1, 3_000)
        let played = try await play([(sound, .zero), ([], .zero), (sound, .zero)])
        #expect(SoundSamples.difference(played.samples.prefix(6_000), sound + sound) == nil)
        #expect(played.reports.map(\.what) == ["start 0", "heard 0", "heard 1", "start 2", "heard 2"])
    }

    @Test("is the sound of an utterance after any number of silent ones")
    func afterSilence() async throws {
        let path = SoundWorld.shared.path("capture")
        let output = ALSAOutput(PlaybackParameters(device: "capture:\(path)", keepOpen: .seconds(60)))
        for _ in 1...3 {
            output.startUtterance()
            try await output.open(format)
            for index in 0..<500 { output.say(index, []) }
            try await output.drain()
        }
        let coming = output.startUtterance()
        async let reports = coming.all()
        try await output.open(format)
        let sound = SoundSamples.make(1, 3_000)
        #expect(output.say(0, sound))
        try await output.drain()
        await output.close()
        let played = SoundSamples.decode(readFile(path) ?? [])
        #expect(SoundSamples.difference(played.prefix(sound.count), sound) == nil)
        #expect(await reports.map(\.what) == ["start 0", "heard 0"])
    }
}
