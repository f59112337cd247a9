// SPDX-License-Identifier: GPL-3.0-or-later
import Playback
import TestSupport
import Testing
import Utterance

/// Through the real alsa-lib into a file: every byte, no time.
@Suite("What the device gets", .timeLimit(.minutes(1)))
struct ALSABytesTests {
    /// Plays `pieces`, all of them written before the device is opened, and returns what arrived at `device:PATH`.
    private func play(
        _ pieces: [(samples: [Int16], pause: Duration)]
    ) async throws -> (samples: [Int16], reports: [PlaybackReport]) {
        let path = SoundWorld.shared.path("capture")
        let output = ALSAOutput(PlaybackParameters(device: "capture:\(path)"))
        output.startUtterance()
        for (index, piece) in pieces.enumerated() { output.say(index, piece.samples, pause: piece.pause) }
        async let reports = output.reportsToTheEnd()
        try await output.open(format)
        try await output.drain()
        await output.close()
        return (SoundSamples.decode(readFile(path) ?? []), await reports)
    }

    @Test("is every sample, in order, to the last one")
    func everySample() async throws {
        let sound = SoundSamples.make(1, 50_003)
        let played = try await play([(sound, .zero)])
        #expect(Array(played.samples.prefix(sound.count)) == sound)
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
        #expect(Array(played.samples.prefix(expected.count)) == expected)
        #expect(played.reports.map(\.what) == ["start 0", "heard 0", "start 1", "heard 1", "start 2", "heard 2"])
    }
}
