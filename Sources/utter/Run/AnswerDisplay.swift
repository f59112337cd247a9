// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Threads
import Utterance

/// Runs an answer and shows its events, on a separate thread because the terminal may be slow.
struct AnswerDisplay {
    let status: StatusLine

    private enum Part<Shown: Sendable>: Sendable {
        case answer(Answer.Ending)
        case events(Shown)
        case status
    }

    /// - Parameters:
    ///   - isShown: whether `show` wants an event.
    ///   - show: shows the events, and returns when they have ended.
    /// - Throws: the errors of `show`; `Fault` if the answer could not start; `CancellationError`.
    func run<Shown: Sendable>(
        _ answer: any SpokenAnswer, until stop: AsyncStream<Never>,
        of isShown: @escaping @Sendable (Event.Kind) -> Bool = { _ in true },
        show: @escaping @Sendable (AsyncStream<Event>) async throws -> Shown
    ) async throws -> (ending: Answer.Ending, shown: Shown) {
        defer { status.clear() }
        let (events, continuation) = AsyncStream.makeStream(of: Event.self)
        let console = ThreadTaskExecutor(name: "utter-console")
        return try await withThrowingTaskGroup(of: Part<Shown>.self) { group in
            group.addTask(executorPreference: console) { .events(try await show(events)) }
            group.addTask(executorPreference: console) {
                await status.run()
                return .status
            }
            group.addTask {
                defer { continuation.finish() }
                return .answer(try await answer.run(until: stop) { if isShown($0.kind) { continuation.yield($0) } })
            }
            var ending: Answer.Ending?
            var shown: Shown?
            for try await part in group {
                switch part {
                case .answer(let result): ending = result
                case .events(let result): shown = result
                case .status: break
                }
                if ending != nil, shown != nil { group.cancelAll() }
            }
            guard let ending, let shown else { throw CancellationError() }
            return (ending, shown)
        }
    }
}
