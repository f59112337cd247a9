// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Threads

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
        let console = ThreadTaskExecutor(name: "utter-console")
        func clear() async { await withTaskExecutorPreference(console) { status.clear() } }
        do {
            let result = try await run(answer, until: stop, of: isShown, on: console, show: show)
            await clear()
            return result
        } catch {
            await clear()
            throw error
        }
    }

    private func run<Shown: Sendable>(
        _ answer: any SpokenAnswer, until stop: AsyncStream<Never>,
        of isShown: @escaping @Sendable (Event.Kind) -> Bool, on console: ThreadTaskExecutor,
        show: @escaping @Sendable (AsyncStream<Event>) async throws -> Shown
    ) async throws -> (ending: Answer.Ending, shown: Shown) {
        let (events, continuation) = AsyncStream.makeStream(of: Event.self)
        return try await withThrowingTaskGroup(of: Part<Shown>.self) { group in
            group.addTask(executorPreference: console) { .events(try await show(events)) }
            group.addTask(executorPreference: console) {
                await status.run()
                return .status
            }
            // The caller may be on a thread that waits for the terminal.
            group.addTask(executorPreference: globalConcurrentExecutor) {
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
