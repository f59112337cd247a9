// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
package import LanguageModel
package import Playback
import Sentences
package import Speech
package import Utterance

/// One answer: text comes in, is cut into pieces, spoken and heard. One task tree; cancelling it is the stop.
///
/// Text flows from left to right through bounded channels, each stage a task of its own:
///
///     source ─text─▶ TextStage ─pieces─▶ SpeechStage ─PCM─▶ output ─reports─▶ Journal
///
/// The ``Floor`` says when it may be heard; several answers can share one output.
package struct Answer: Sendable {
    /// Brings the text: asks a model, or reads standard input. Returns when the end of the text was seen.
    package typealias Source =
        @Sendable (_ deliver: @escaping @Sendable (ModelEvent) async throws -> Void) async throws -> ModelSummary?

    /// Where the sound goes if there is no device, and what to say about it.
    package typealias Fallback = @Sendable () throws -> (output: any SoundOutput, notice: Notice)

    /// How an answer ended.
    package enum Ending: Sendable, Equatable {
        case finished
        case stopped
        case failed(Fault)
    }

    /// 64 KiB of text may wait for the text stage; then the socket is no longer read.
    private static let textBound = 64 * 1024
    /// 4 KiB of text may wait for the voice; then the text stage waits.
    private static let pieceBound = 4 * 1024

    private let source: Source
    private let synthesizer: Synthesizer
    private let output: any SoundOutput
    private let fallback: Fallback?
    private let parameters: AnswerParameters
    private let floor: Floor
    private let clock: any MomentClock
    private let journal: Journal

    /// - Parameters:
    ///   - id: names the answer in its events.
    ///   - fallback: used when there is no device at all; `nil`: that is a fault.
    ///   - floor: says whether it may be heard; the output is its own unless it is told to wait.
    ///   - handler: gets every event in order; called from the stages, so it must only hand them on.
    package init(
        id: String, source: @escaping Source, synthesizer: Synthesizer, output: any SoundOutput,
        fallback: Fallback? = nil, parameters: AnswerParameters, floor: Floor = Floor(.granted),
        clock: any MomentClock = MonotonicClock(),
        handler: @escaping @Sendable (Event) -> Void
    ) {
        self.source = source
        self.synthesizer = synthesizer
        self.output = output
        self.fallback = fallback
        self.parameters = parameters
        self.floor = floor
        self.clock = clock
        self.journal = Journal(answer: id, clock: clock, handler: handler)
    }

    /// Runs the answer to its end and emits its last event.
    ///
    /// Cancelling the task closes the source's connection, drops unspoken text, aborts synthesis, drops the device's
    /// buffer if the answer has the floor; what was heard stands in the summary.
    package func run() async -> Ending {
        journal.add(.accepted)
        let ending = await runStages()
        journal.end(isSilent: floor.isSilent) { summary in
            switch ending {
            case .finished: .finished(summary)
            case .stopped: .stopped(summary)
            case .failed(let fault): .failed(fault, summary)
            }
        }
        return ending
    }

    private func runStages() async -> Ending {
        // Ends with this function, before the last event.
        async let _: Void = tellPauses()
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

    /// Each gives the fault that it ended with, after all that came before was handed on.
    private func stages() -> [@Sendable () async throws -> Fault?] {
        let output = OutputStage(
            output: output, fallback: fallback, format: synthesizer.format, floor: floor, journal: journal)
        let texts = BoundedChannel<Incoming>(capacity: Self.textBound, weigh: \.weight)
        let pieces = PieceQueue(
            capacity: Self.pieceBound,
            estimate: { [voice = parameters.voice] in voice.estimatedDuration(of: $0.runs) },
            isUnheard: { [journal] in journal.isUnheard($0) && !output.isDiscarded($0) })
        let receiving = ReceivingStage(source: source, texts: texts, journal: journal)
        let cutting = TextStage(
            parameters: parameters, texts: texts, pieces: pieces, output: output, synthesizer: synthesizer,
            clock: clock, journal: journal)
        let speaking = SpeechStage(
            parameters: parameters, pieces: pieces, output: output, synthesizer: synthesizer, journal: journal)
        return [receiving.run, cutting.run, speaking.run]
    }

    private func tellPauses() async {
        var isPaused = false
        while let change = try? await floor.pauseChange(from: isPaused) {
            isPaused = change
            journal.add(isPaused ? .paused : .resumed)
        }
    }
}
