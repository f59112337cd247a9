// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Playback
import TestSupport
import Testing
import Utterance

@testable import Pipeline

/// Faults of a device × what is going on, with an alsa-lib device that fails on demand.
@Suite(
    "A device that fails", .serialized,
    .enabled("needs a C compiler, for the driver") { try await FaultyDevice.isAvailable },
    .timeLimit(.minutes(15)))
struct DeviceRecoveryTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let failure: FaultyDevice.Failure
        let situation: Situation

        var testDescription: String { "\(failure.rawValue), \(situation.rawValue)" }

        /// Another program can't take a device that is open.
        static let all = FaultyDevice.Failure.allCases.flatMap { failure in
            Situation.allCases.map { Case(failure: failure, situation: $0) }
        }.filter { $0.failure != .busy || $0.situation == .thinking }

        var isSlow: Bool { failure == .stalled || failure == .hangs }

        /// The code that the answer fails with if the device stays away.
        var code: Fault.Code {
            switch failure {
            case .unplugged: .deviceMissing
            case .busy: .deviceBusy
            case .inputOutputError, .badState, .stalled, .hangs: .deviceFailed
            }
        }
    }

    private static let text = "One two three four. Five six seven eight. Nine ten eleven twelve."

    private let clock = ManualClock()

    private func output(_ failure: FaultyDevice.Failure) -> ALSAOutput {
        _ = SoundWorld.shared
        // These take their own time in each attempt.
        let isSlow = failure == .stalled || failure == .hangs
        return ALSAOutput(
            PlaybackParameters(
                device: FaultyDevice.name, deviceWait: isSlow ? .seconds(3) : .seconds(30), waitsForAbsentDevice: true,
                keepOpen: .seconds(60), stallLimit: isSlow ? .seconds(1) : .seconds(20),
                stopLimit: .milliseconds(200)),
            clock: clock)
    }

    private static let pieces = text.split(separator: ".").map { "\($0.trimmed)." }
    private static let sound = pieces.flatMap { SampleEngine.samples(of: $0) }

    /// Speaks answers whose sound is known sample by sample.
    private func withPlayer<Result: Sendable>(
        to output: ALSAOutput, _ body: (Player) async throws -> Result
    ) async throws -> Result {
        try await Spoken.withPlayer(to: output, engine: SampleEngine(), body)
    }

    private func speak(_ texts: [String], by player: Player) async throws -> Spoken {
        try await Spoken.run(by: player, parameters: Self.withoutPauses, Spoken.texts(texts))
    }

    private static func withoutPauses(_ parameters: inout AnswerParameters) {
        parameters.pauses = .init(clause: .zero, sentence: .zero, paragraph: .zero)
    }

    /// Speaks an answer, and makes the device fail in it.
    ///
    /// - Parameter meanwhile: runs once the device has failed.
    private func speak(
        _ row: Case, on device: FaultyDevice, by player: Player, log: EventLog,
        meanwhile: @escaping @Sendable () async throws -> Void
    ) async throws -> Spoken {
        let mayCome = Promise<Void>()
        let source: Answer.Source = { deliver in
            try await mayCome.value()
            return try await Spoken.texts([Self.text])(deliver)
        }
        return try await withThrowingTaskGroup(of: Spoken?.self) { group in
            group.addTask { try await Spoken.run(by: player, parameters: Self.withoutPauses, log: log, source) }
            switch row.situation {
            case .idle, .thinking: device.fail(row.failure)
            case .speaking: device.fail(row.failure, atFrame: SampleEngine.length * 3 / 2)
            case .draining: device.fail(row.failure, atFrame: SampleEngine.length * 5 / 2)
            case .paused: device.hold(atFrame: SampleEngine.length * 3 / 2)
            }
            mayCome.fulfill(())
            if row.situation == .paused {
                try await log.wait { if case .word(let word) = $0 { word.index == 1 } else { false } }
                await player.pause()
                device.mend()
                device.fail(row.failure)
                await player.resume()
            }
            group.addTask {
                try await meanwhile()
                return nil
            }
            var spoken: Spoken?
            while let result = try await group.next() {
                guard let result else { continue }
                spoken = result
                group.cancelAll()
            }
            return try #require(spoken)
        }
    }

    @Test("and is back in time loses nothing, and repeats at most the piece that was cut off", arguments: Case.all)
    func back(row: Case) async throws {
        try await FaultyDevice.lend(waits: true) { device in
            let (output, log) = (output(row.failure), EventLog())
            let first = Self.sound.count
            let spoken = try await withPlayer(to: output) { player in
                if row.situation == .idle {
                    _ = try await speak([Self.text], by: player)
                    #expect(device.heard.count { $0 != 0 } == first)
                }
                return try await speak(row, on: device, by: player, log: log) { [clock] in
                    // It is being waited for.
                    try await log.wait { $0.isWaiting }
                    await clock.sleepers(1)
                    device.mend()
                    try await output.waitUntilResponsive()
                    await clock.pass()
                }
            }
            #expect(spoken.ending == .finished)
            #expect(spoken.heard == [0, 1, 2])
            #expect(spoken.notices.first == "device_waiting" && spoken.notices.contains("device_back"))
            await output.close()

            var heard = device.heard.filter { $0 != 0 }
            if row.situation == .idle { heard.removeFirst(first) }
            let stray = row.failure == .hangs ? 2_205 : 0
            let twice = try #require(
                SampleEngine.repeated(in: heard, of: Self.sound, stray: stray),
                "Something is missing, or out of its order.")
            let piece = row.situation == .draining ? 2 : row.situation == .speaking || row.situation == .paused ? 1 : 0
            #expect(twice.isEmpty || twice == [piece])
        }
    }

    @Test("and stays away fails the answer after the wait; when it is back, it speaks the next", arguments: Case.all)
    func away(row: Case) async throws {
        try await FaultyDevice.lend(waits: true) { device in
            let (output, log) = (output(row.failure), EventLog())
            try await withPlayer(to: output) { player in
                if row.situation == .idle { _ = try await speak([Self.text], by: player) }
                let spoken = try await speak(row, on: device, by: player, log: log) { [clock] in
                    await clock.pass()
                }
                guard case .failed(let fault) = spoken.ending else {
                    Issue.record("\(spoken.ending)")
                    return
                }
                #expect(fault.code == row.code)
                #expect(spoken.notices == ["device_waiting", row.code.rawValue])
                #expect(clock.now.sinceZero >= .seconds(row.isSlow ? 3 : 30))
                let before = [Situation.idle: 0, .thinking: 0, .speaking: 1, .paused: 1, .draining: 2]
                #expect(spoken.heard == Array(0..<(before[row.situation] ?? 0)))

                // The next one doesn't wait again.
                if row.failure != .stalled && row.failure != .hangs {
                    let next = try await speak(["Again."], by: player)
                    #expect(next.notices == [row.code.rawValue])
                }
                device.mend()
                try await output.waitUntilResponsive()
                let last = try await speak([Self.text], by: player)
                #expect(last.ending == .finished && last.heard == [0, 1, 2])
            }
            await output.close()
        }
    }
}

extension Event.Kind {
    fileprivate var isWaiting: Bool {
        if case .notice(let notice) = self { notice.code == "device_waiting" } else { false }
    }
}
