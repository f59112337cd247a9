// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Threads
import Utterance

/// Runs one answer of a chat: shows its events, lets it be stopped, and records what came of it.
struct ChatAnswer {
    let stop: AnswerStop
    let status: StatusLine
    /// Of answers before; what holds for the whole chat is said once.
    let saidBefore: Set<Notice>

    /// - Throws: `Fault(.outputFailed)` if the text could not be shown, `Fault` if the answer could not begin;
    ///   `CancellationError` if the chat is to end.
    func run(_ answer: any SpokenAnswer, shownBy presenter: any AnswerPresenting) async throws -> AnswerRecord {
        defer { status.clear() }
        let (events, continuation) = AsyncStream.makeStream(of: Event.self)
        // The terminal may be slow.
        let console = ThreadTaskExecutor(name: "utter-console")
        let record = try await withThrowingTaskGroup(of: AnswerRecord?.self) { group in
            group.addTask(executorPreference: console) { try await self.record(events, presenter) }
            group.addTask {
                defer { continuation.finish() }
                try await runUntilStopped(answer, console) { continuation.yield($0) }
                return nil
            }
            return try await group.reduce(AnswerRecord()) { $1 ?? $0 }
        }
        try Task.checkCancellation()
        return record
    }

    private func record(
        _ events: AsyncStream<Event>, _ presenter: any AnswerPresenting
    ) async throws -> AnswerRecord {
        var presenter = presenter
        var record = AnswerRecord()
        for await event in events {
            record.add(event)
            if case .notice(let notice) = event.kind, notice.isLasting, saidBefore.contains(notice) { continue }
            try presenter.show(event)
        }
        return record
    }

    private func runUntilStopped(
        _ answer: any SpokenAnswer, _ console: ThreadTaskExecutor, _ handler: @escaping @Sendable (Event) -> Void
    ) async throws {
        let stopped = stop.begin()
        defer { stop.end() }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                _ = try await answer.run(until: stopped, handler)
                return true
            }
            group.addTask(executorPreference: console) {
                await status.run()
                return false
            }
            for try await isOver in group where isOver { group.cancelAll() }
        }
    }
}

extension Notice {
    /// It holds for further answers too, unlike one that says what happened to this one.
    fileprivate var isLasting: Bool {
        [
            "model_chosen", "demo_model", "option_unknown", "think_unsupported", "context_full", "voice_missing",
        ].contains(code)
    }
}
