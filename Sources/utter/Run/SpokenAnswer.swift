// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Utterance

/// An answer that is about to be spoken, by this process or by the daemon.
protocol SpokenAnswer: Sendable {
    /// Runs to its end. Cancelling the task stops it too, and then nothing more is told.
    ///
    /// - Parameters:
    ///   - stop: when this ends, the answer is stopped; its last event says what was heard.
    ///   - handler: called with every event, in order.
    /// - Throws: `Fault` if it could not even begin.
    func run(
        until stop: AsyncStream<Never>, _ handler: @escaping @Sendable (Event) -> Void
    ) async throws -> Answer.Ending
}

/// An answer that this process speaks.
struct OwnAnswer: SpokenAnswer {
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
