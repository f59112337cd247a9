// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Synchronization
import Utterance

/// Runs one answer of a chat: shows its events, lets Ctrl-C stop it, and records what came of it.
struct ChatAnswer {
    let stop: AnswerStop
    let status: StatusLine
    /// Notices of earlier answers; those that hold for the whole chat are shown once.
    let shownBefore: Set<Notice>

    /// - Throws: `Fault(.outputFailed)` if the text could not be shown, `Fault` if the answer could not begin;
    ///   `CancellationError` if the chat is to end.
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
    /// It holds for further answers too, unlike one that says what happened to this one.
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

    /// - Returns: whether an answer was running that nobody had stopped yet.
    func stop() -> Bool {
        let continuation = running.withLock { running in
            defer { running = nil }
            return running
        }
        continuation?.finish()
        return continuation != nil
    }

    var isRunning: Bool { running.withLock { $0 != nil } }

    /// An answer begins. The stream ends when the answer is to stop.
    func begin() -> AsyncStream<Never> {
        let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
        running.withLock { $0 = continuation }
        return stream
    }

    /// The answer has ended.
    func end() {
        running.withLock { $0 = nil }
    }
}
