// SPDX-License-Identifier: GPL-3.0-or-later
import Assistant
import Pipeline
import Settings
import Utterance

/// An answer to be spoken by this process or by the daemon.
protocol SpokenAnswer: Sendable {
    /// Runs the answer to its end. Cancelling the task also stops it, but then no more events follow.
    ///
    /// - Parameters:
    ///   - stop: when this stream ends, the answer is stopped; its last event says what was heard.
    ///   - handler: called with every event, in order.
    /// - Throws: `Fault` if it could not even start.
    func run(
        until stop: AsyncStream<Never>, _ handler: @escaping @Sendable (Event) -> Void
    ) async throws -> Answer.Ending
}

/// An answer that this process speaks.
struct LocalAnswer: SpokenAnswer {
    let source: Answer.Source
    let player: Player
    let parameters: AnswerParameters

    func run(
        until stop: AsyncStream<Never>, _ handler: @escaping @Sendable (Event) -> Void
    ) async -> Answer.Ending {
        let answer = Answer(
            id: AnswerID.make(), source: source, player: player, parameters: parameters, handler: handler)
        player.select(answer.queue)
        return await withTaskGroup(of: Answer.Ending?.self) { group in
            group.addTask { await answer.run() }
            group.addTask {
                await player.run()
                return nil
            }
            group.addTask {
                for await _ in stop {}
                return nil
            }
            var ending = Answer.Ending.stopped
            for await result in group {
                ending = result ?? ending
                group.cancelAll()
            }
            return ending
        }
    }
}

extension AnswerRun {
    /// Speaks one answer in this process.
    ///
    /// - Parameters:
    ///   - output: a WAV file's name, `-` for standard output, `nil` for the device.
    ///   - sourceName: what the status line says it is waiting for; `nil`: nothing.
    ///   - question: the question that the source answers; `nil` if a text is read.
    func speak(
        _ source: @escaping Answer.Source, _ settings: Settings, output: String?, from sourceName: String?,
        answering question: String? = nil
    ) async throws {
        try await withThrowingTaskGroup { group in
            // The voice takes longer to start than the request takes to send.
            let prefetched = PrefetchedSource(source)
            group.addTask { await prefetched.run() }
            defer { group.cancelAll() }
            let engine = try await SpeechEngines.start(settings, environment: ProcessEnvironment.variables)
            let destination = SoundDestination(parameters: settings.playbackParameters(), file: output)
            let answer = LocalAnswer(
                source: prefetched.bring,
                player: Player(engine: engine, output: try destination.makeOutput(), fallback: destination.fallback),
                parameters: settings.answerParameters(for: question))
            try await run(answer, from: sourceName)
        }
    }
}
