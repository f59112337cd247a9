// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// Lets whoever hears of Ctrl-C stop the answer that is running, if one is.
final class AnswerStop: Sendable {
    private let running = Mutex<AsyncStream<Never>.Continuation?>(nil)

    /// - Returns: whether an answer was running.
    func stop() -> Bool {
        let continuation = running.withLock { $0 }
        continuation?.finish()
        return continuation != nil
    }

    /// An answer begins. The stream ends when it is to be stopped.
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
