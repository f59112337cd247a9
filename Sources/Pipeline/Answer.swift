// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
package import LanguageModel
package import Speech
package import Utterance

/// One answer: text arrives, is cut into pieces, spoken and heard. It is one task tree; cancelling it stops the answer.
///
/// Text flows from left to right through bounded channels; each stage is a separate task:
///
///     source ─text─▶ TextStage ─pieces─▶ SpeechQueue ─▶ Player ─reports─▶ EventRecorder
///
/// The ``Player`` decides when the answer is heard; several answers can share a player.
package struct Answer: Sendable {
    /// Delivers the text: asks a model, or reads standard input. Returns when the text is complete.
    package typealias Source =
        @Sendable (_ deliver: @escaping @Sendable (ModelEvent) async throws -> Void) async throws -> ModelSummary?

    /// Delivers the next portion of sound that is not made from text, or `nil` at its end.
    ///
    /// Throws what ends it early: a ``Fault``, which the listener is told of once everything before it was heard;
    /// `CancellationError`.
    package typealias SoundSource = @Sendable () async throws -> PCMSound?

    /// How an answer ended.
    package enum Ending: Sendable, Equatable {
        case finished
        case stopped
        case failed(Fault)
    }

    /// 64 KiB of text may wait for the text stage; beyond that, the socket is not read.
    private static let textBound = 64 * 1024
    private let source: Source
    private let sound: SoundSource?
    private let parameters: AnswerParameters
    private let voice: Watched<VoiceParameters>
    private let engine: any SpeechEngine
    private let player: Player
    private let clock: any MomentClock
    private let recorder: EventRecorder
    /// The answer's speech, for the player to select; `nil` if it is not to be heard.
    package let queue: SpeechQueue?

    /// - Parameters:
    ///   - id: names the answer in its events.
    ///   - sound: is heard before the text.
    ///   - isSilent: whether the answer is not to be heard; then it uses neither voice nor output.
    ///   - handler: receives every event in order. The stages call it, so it must not block.
    package init(
        id: String, source: @escaping Source, sound: SoundSource? = nil, player: Player, parameters: AnswerParameters,
        isSilent: Bool = false, clock: any MomentClock = MonotonicClock(), handler: @escaping @Sendable (Event) -> Void
    ) {
        self.source = source
        self.sound = sound
        self.parameters = parameters
        self.player = player
        self.clock = clock
        engine = player.engine
        voice = Watched(parameters.voice)
        recorder = EventRecorder(answer: id, clock: clock, handler: handler)
        queue =
            isSilent ? nil : SpeechQueue(parameters: parameters, voice: voice, player: player, recorder: recorder)
    }

    /// Changes how the next piece sounds.
    package func change(_ voice: VoiceParameters) {
        self.voice.change { $0 = voice }
    }

    /// Runs the answer to its end and emits its last event.
    ///
    /// Cancelling the task closes the source's connection and drops unspoken text. If the answer is being heard, it
    /// also aborts synthesis and drops the device's buffer. The summary says what was heard.
    package func run() async -> Ending {
        recorder.add(.accepted)
        let ending = await runStages()
        recorder.end(isSilent: queue == nil) { summary in
            switch ending {
            case .finished: .finished(summary)
            case .stopped: .stopped(summary)
            case .failed(let fault): .failed(fault, summary)
            }
        }
        return ending
    }

    private func runStages() async -> Ending {
        // Ends together with this function, before the last event.
        async let _: Void = reportPauses()
        do {
            let fault = try await withThrowingTaskGroup(of: Fault?.self) { group in
                for stage in stages() { group.addTask { try await stage() } }
                return try await group.reduce(nil) { $0 ?? $1 }
            }
            return fault.map { .failed($0) } ?? .finished
        } catch {
            if Task.isCancelled || error is CancellationError { return .stopped }
            return .failed(error as? Fault ?? Fault(.internalError, "Unexpected error, please report it: \(error)."))
        }
    }

    /// Each returns the fault that it ended with, once everything before the fault was passed on.
    private func stages() -> [@Sendable () async throws -> Fault?] {
        let texts = BoundedChannel<Incoming>(capacity: Self.textBound, weigh: \.weight)
        let receiving = ReceivingStage(source: source, texts: texts, recorder: recorder)
        let cutting = TextStage(
            parameters: parameters, sound: sound, texts: texts, queue: queue,
            reading: { [engine, voice] in engine.reading(of: $0, voice.current) }, clock: clock, recorder: recorder)
        guard let queue else { return [receiving.run, cutting.run] }
        let hearing: @Sendable () async throws -> Fault? = { [parameters] in
            let fault = try await queue.played()
            if let fault, parameters.endsWithSound { throw fault }
            return fault
        }
        return [receiving.run, cutting.run, hearing]
    }

    private func reportPauses() async {
        guard let queue else { return }
        var isPaused = false
        while let change = try? await player.pauseChange(of: queue, from: isPaused) {
            isPaused = change
            recorder.add(isPaused ? .paused : .resumed)
        }
    }
}

/// IDs of answers: short, and for practical purposes unique on this machine.
package enum AnswerID {
    package static func make() -> String {
        String(UInt64.random(in: 0..<1 << 40), radix: 36)
    }
}
