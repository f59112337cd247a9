// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Pipeline
import Synchronization
import TestSupport
import Testing
import Threads
import Utterance

@testable import utter

@Suite("An answer that is shown")
struct AnswerDisplayTests {
    /// The threads on which something was done, by their names.
    private final class Threads: Sendable {
        private let names = Mutex<[String: String]>([:])

        subscript(what: String) -> String? { names.withLock { $0[what] } }

        func note(_ what: String) {
            let name = String(decoding: readFile("/proc/thread-self/comm") ?? [], as: UTF8.self).trimmed
            names.withLock { $0[what] = name }
        }
    }

    private struct NotedAnswer: SpokenAnswer {
        let threads: Threads

        func run(
            until stop: AsyncStream<Never>, _ handler: @escaping @Sendable (Event) -> Void
        ) async throws -> Answer.Ending {
            threads.note("answer")
            return .finished
        }
    }

    @Test("is written on a separate thread, since the terminal may be slow, and does not run there")
    func threads() async throws {
        let threads = Threads()
        let status = StatusLine(
            isTerminal: true, say: { _ in }, redraw: { threads.note($0 == nil ? "clear" : "draw") })
        let (stop, end) = AsyncStream.makeStream(of: Never.self)
        try await withTaskExecutorPreference(ThreadTaskExecutor(name: "caller")) {
            _ = try await AnswerDisplay(status: status).run(NotedAnswer(threads: threads), until: stop) { events in
                threads.note("events")
                status.show("Speaking")
                for await _ in events {}
            }
        }
        end.finish()
        #expect(threads["events"] == "utter-console" && threads["draw"] == "utter-console")
        #expect(threads["clear"] == "utter-console")
        #expect(threads["answer"] != "utter-console" && threads["answer"] != "caller")
    }
}
