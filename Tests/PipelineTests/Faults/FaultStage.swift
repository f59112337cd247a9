// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Playback
import Speech
import TestSupport
import Testing
import Utterance

@testable import Pipeline

/// Answers on a device that is held where a test needs it, so that something can fail in each ``Situation``.
struct FaultStage: Sendable {
    private let device: FaultyDevice
    private let player: Player
    private let voice: VoiceParameters

    /// Lets `body` speak.
    ///
    /// - Returns: what was heard, without silent samples.
    static func run(
        _ engine: any SpeechEngine, voice: VoiceParameters = Spoken.voice,
        _ body: (FaultStage) async throws -> Void
    ) async throws -> [Int16] {
        _ = SoundWorld.shared
        return try await FaultyDevice.lend(waits: true, isQuick: true) { device in
            let output = ALSAOutput(
                PlaybackParameters(
                    device: FaultyDevice.name, keepOpen: .seconds(60), stallLimit: .seconds(60)))
            try await Spoken.withPlayer(to: output, engine: engine) { player in
                try await body(FaultStage(device: device, player: player, voice: voice))
            }
            await output.close()
            return device.heard.filter { $0 != 0 }
        }
    }

    /// A source that follows `answer`.
    static func source(_ answer: StagedAnswer) -> Answer.Source {
        { deliver in
            answer.isAsked.open()
            try await answer.mayBegin.opened()
            try await deliver(.text(StagedAnswer.beginning))
            try await answer.mayEnd.opened()
            try await deliver(.text(StagedAnswer.rest))
            return ModelSummary(finish: .stop)
        }
    }

    /// Speaks an answer that nothing happens to.
    func speak(_ source: @escaping Answer.Source = Spoken.texts(StagedAnswer.sentences.map { "\($0) " })) async throws
        -> Spoken
    {
        try await speak(log: EventLog(), source)
    }

    /// Speaks an answer, and calls `disturb` in the middle of it, or for ``Situation/idle`` before it and after another.
    ///
    /// - Parameters:
    ///   - answer: decides when the text of `source` comes.
    ///   - disturb: makes something fail; gets the events of the answer.
    func speak(
        _ situation: Situation, _ answer: StagedAnswer, _ source: @escaping Answer.Source,
        disturb: (EventLog) async throws -> Void
    ) async throws -> Spoken {
        let log = EventLog()
        switch situation {
        case .idle:
            expectWhole(try await speak())
            try await disturb(log)
        case .thinking: break
        case .speaking, .paused, .draining: device.hold(atFrame: Self.early)
        }
        async let spoken = speak(log: log) { deliver in
            let summary = try await source(deliver)
            answer.isSent.open()
            return summary
        }
        switch situation {
        case .idle: break
        case .thinking:
            try await answer.isAsked.opened()
            try await disturb(log)
        case .speaking, .paused:
            answer.mayBegin.open()
            try await log.waitUntilSynthesized(0)
            try await log.wait(for: .soundStart(index: 0))
            if situation == .paused { await player.pause() }
            try await disturb(log)
        case .draining:
            answer.letComplete()
            try await answer.isSent.opened()
            try await log.waitUntilSynthesized(2)
            device.hold(atFrame: log.frames(before: 2) + Self.early)
            try await log.wait(for: .soundStart(index: 2))
            try await disturb(log)
        }
        answer.letComplete()
        device.mend()
        if situation == .paused { await player.resume() }
        return try await spoken
    }

    /// Early in the first piece, in frames.
    private static let early = 500

    private func speak(log: EventLog, _ source: @escaping Answer.Source) async throws -> Spoken {
        try await Spoken.run(
            by: player,
            parameters: { [voice] parameters in
                parameters.pauses = .init(clause: .zero, sentence: .zero, paragraph: .zero)
                parameters.voice = voice
            }, log: log, id: AnswerID.make(), source)
    }
}

/// Expects that an answer was heard to its end.
func expectWhole(_ spoken: Spoken, notices: [String] = [], sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(spoken.ending == .finished, sourceLocation: sourceLocation)
    #expect(spoken.pieces == StagedAnswer.sentences, sourceLocation: sourceLocation)
    #expect(spoken.heard == [0, 1, 2], "\(spoken.kinds)", sourceLocation: sourceLocation)
    #expect(spoken.notices == notices, sourceLocation: sourceLocation)
}

extension EventLog {
    /// Waits for a notice.
    func wait(forNotice code: String) async throws {
        try await wait { if case .notice(let notice) = $0 { notice.code == code } else { false } }
    }

    /// How many frames the pieces before `index` have.
    fileprivate func frames(before index: Int) -> Int {
        kinds.reduce(0) { frames, kind in
            guard case .synthesized(let synthesis) = kind, synthesis.index < index else { return frames }
            return frames + SampleEngine.format.frames(in: synthesis.duration)
        }
    }
}
