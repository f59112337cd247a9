// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Playback
import Speech
import TestSupport
import Testing
import Utterance

@testable import Pipeline

/// eSpeak NG through alsa-lib to a sink that plays in real time; the sink's monitor is the listener.
@Suite(
    "Answers that share a device", .serialized,
    .enabled(if: SoundServer.isInstalled, "\(SoundServer.reasonToSkip)"), .timeLimit(.minutes(10)))
struct SharedDeviceTests {
    private static let one = "One is here."
    /// Long, so that a busy machine that cuts it late still cuts it.
    private static let two =
        "Two is a sentence that is a good deal longer than the others are and that goes on and on and on so that who "
        + "wants to cut it in its middle can take a while to do so."
    private static let three = "Three is here."
    private static let four = "Four is another answer."
    private static let all = [one, two, three].joined(separator: " ")

    /// Waits until the listener is in the middle of the second sentence.
    private func middle(of log: EventLog) async throws {
        try await log.wait {
            if case .word(let word) = $0 { word.index == 1 && word.start > Self.one.utf8.count + 15 } else { false }
        }
    }

    @Test("are heard one at a time, and the one that was cut repeats its sentence from the beginning")
    func cut() async throws {
        try await SoundServer.withSinkOnTime { sink in
            let output = ALSAOutput(PlaybackParameters(device: sink.device, keepOpen: .seconds(2)))
            let log = EventLog()
            sink.recorder.start()
            let (spoken, other) = try await Spoken.withPlayer(to: output) { player in
                async let interrupted = Spoken.run(by: player, log: log, Spoken.texts([Self.all]))
                try await middle(of: log)
                player.select(nil)
                await sink.recorder.waitForSilence()
                let four = try await Spoken.run(by: player, Spoken.texts([Self.four]))
                await sink.recorder.waitForSilence()
                player.select(try await log.queue.value())
                return (try await interrupted, four)
            }
            let recording = await sink.recorder.stop()
            await output.close()

            #expect(spoken.heard == [0, 1, 2])
            #expect(other.heard == [0])
            // The second sentence had ended before it was cut.
            guard spoken.begun.count(where: { $0 == 1 }) == 2 else { return .late }
            #expect(spoken.begun == [0, 1, 1, 2])
            let heard = recording.stretches(gap: 3_000)
            // A busy PulseAudio leaves gaps without telling the player, and the listener notes a silence too late.
            guard heard.count == 5, !spoken.hasGaps, !other.hasGaps else { return .late }
            #expect(try await heard[0].isSpoken(Self.one))
            // A busy machine may cut it too late.
            guard try await heard[1].isBeginning(of: Self.two) else { return .late }
            #expect(try await heard[2].isSpoken(Self.four))
            #expect(try await heard[3].isSpoken(Self.two))
            #expect(try await heard[4].isSpoken(Self.three))
            return .onTime
        }
    }

    @Test("lose no piece and finish none twice, wherever they are cut", arguments: 0..<6)
    func cuts(seed: Int) async throws {
        let count = 6
        let text = (0..<count).map { "Number \($0) is here. " }.joined()
        let output = ALSAOutput(PlaybackParameters(device: "capture:\(SoundWorld.shared.path("cut"))"))
        let logs = [EventLog(), EventLog()]
        try await Spoken.withPlayer(to: output) { player in
            async let first = Spoken.run(by: player, isSelected: false, log: logs[0], Spoken.texts([text]))
            async let second = Spoken.run(by: player, isSelected: false, log: logs[1], Spoken.texts([text]))
            for step in 0..<10 {
                let log = logs[step % 2]
                player.select(try await log.queue.value())
                // Until another sound, word or end of a piece, depending on the seed.
                try await log.wait(untilEvents: log.events.count + 1 + (seed + step) % 5, or: .heard(index: count - 1))
            }
            for log in logs {
                player.select(try await log.queue.value())
                try await log.wait(for: .heard(index: count - 1))
            }
            #expect(try await first.heard == Array(0..<count))
            #expect(try await second.heard == Array(0..<count))
        }
        await output.close()
    }

    @Test("are heard one at a time while one of them is paused; it continues when it is resumed")
    func paused() async throws {
        try await SoundServer.withSinkOnTime { sink in
            let output = ALSAOutput(PlaybackParameters(device: sink.device))
            let log = EventLog()
            sink.recorder.start()
            let (spoken, other) = try await Spoken.withPlayer(to: output) { player in
                async let interrupted = Spoken.run(by: player, log: log, Spoken.texts([Self.all]))
                try await middle(of: log)
                await player.pause()
                player.select(nil)
                await sink.recorder.waitForSilence()
                async let running = Spoken.run(by: player, Spoken.texts([Self.four]))
                await player.resume()
                let four = try await running
                await player.pause()
                player.select(try await log.queue.value())
                await sink.recorder.waitForSilence()
                await player.resume()
                return (try await interrupted, four)
            }
            let recording = await sink.recorder.stop()
            await output.close()

            #expect(spoken.heard == [0, 1, 2])
            #expect(other.heard == [0])
            // The second sentence had ended before it was cut.
            guard spoken.begun.count(where: { $0 == 1 }) == 2 else { return .late }
            #expect(spoken.begun == [0, 1, 1, 2])
            let heard = recording.stretches(gap: 3_000)
            // A busy PulseAudio leaves gaps without telling the player, and the listener notes a silence too late.
            guard heard.count == 5, !spoken.hasGaps, !other.hasGaps else { return .late }
            // A busy machine may cut it too late.
            guard try await heard[1].isBeginning(of: Self.two) else { return .late }
            #expect(try await heard[2].isSpoken(Self.four))
            #expect(try await heard[3].isSpoken(Self.two))
            return .onTime
        }
    }
}

extension Spoken {
    /// Pieces that began to sound, as often as they did.
    fileprivate var begun: [Int] {
        kinds.compactMap { if case .soundStart(let index) = $0 { index } else { nil } }
    }

    /// The machine was too busy for sound without gaps.
    fileprivate var hasGaps: Bool { summary.map { $0.underruns + $0.starvations > 0 } ?? false }
}

extension SoundRecorder {
    /// Waits for 200 ms of silence, so that what follows is a separate stretch.
    fileprivate func waitForSilence() async {
        await wait { $0.samples.suffix(4_410).allSatisfy { $0 == 0 } }
    }
}

extension SoundStretch {
    /// Compares the length with that of the whole sentence, since eSpeak NG doesn't make the same samples twice.
    fileprivate func isSpoken(_ text: String) async throws -> Bool {
        let length = try await Self.length(of: text)
        return abs(samples.count - length) * 10 < length
    }

    fileprivate func isBeginning(of text: String) async throws -> Bool {
        let length = try await Self.length(of: text)
        return (length / 10..<length * 9 / 10).contains(samples.count)
    }

    /// Samples from the first to the last sound of a sentence.
    private static func length(of text: String) async throws -> Int {
        try await ESpeakEngine.start().synthesize([SpokenRun(language: "en", text: text)], Spoken.voice) { _, _, _ in
            true
        }
        .frames
    }
}
