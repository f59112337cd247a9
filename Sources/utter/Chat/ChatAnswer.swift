// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Synchronization
import Utterance

/// Runs one answer of a chat: shows its events, lets Ctrl-C stop it, and records its outcome.
struct ChatAnswer {
    let stop: AnswerStop
    let status: StatusLine
    /// Notices of earlier answers, so that those that apply to the whole chat are shown only once.
    let shownBefore: Set<Notice>

    /// - Throws: `Fault(.outputFailed)` if the text could not be shown; `Fault` if the answer could not start;
    ///   `CancellationError` if the chat must end.
    func run(_ answer: any SpokenAnswer, shownBy presenter: any AnswerPresenting) async throws -> AnswerRecord {
        let stopped = stop.begin()
        defer { stop.end() }
        let display = AnswerDisplay(status: status)
        let record = try await display.run(answer, until: stopped) { events in
            var presenter = presenter
            var record = AnswerRecord()
            for await event in events {
                record.add(event)
                if case .notice(let notice) = event.kind, notice.isLasting, shownBefore.contains(notice) { continue }
                try presenter.show(event)
            }
            return record
        }.shown
        try Task.checkCancellation()
        return record
    }
}

extension Notice {
    /// Whether the notice applies to later answers too, rather than to what happened in this one.
    fileprivate var isLasting: Bool {
        [
            "model_chosen", "demo_model", "option_unknown", "think_unsupported", "context_full", "voice_missing",
            "reply_buffered",
        ].contains(code)
    }
}

/// Stops the running answer when Ctrl-C is pressed.
final class AnswerStop: Sendable {
    private let running = Mutex<AsyncStream<Never>.Continuation?>(nil)

    /// - Returns: whether an answer was running that had not been stopped yet.
    func stop() -> Bool {
        let continuation = running.withLock { running in
            defer { running = nil }
            return running
        }
        continuation?.finish()
        return continuation != nil
    }

    var isRunning: Bool { running.withLock { $0 != nil } }

    /// Called when an answer begins. The returned stream ends when the answer must stop.
    func begin() -> AsyncStream<Never> {
        let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
        running.withLock { $0 = continuation }
        return stream
    }

    /// Called when the answer has ended.
    func end() {
        running.withLock { $0 = nil }
    }
}
