// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import LanguageModel
import Synchronization
import Utterance

/// Pulls a model in the foreground and shows how far it is; SIGINT and SIGTERM end it.
struct PullRun {
    let server: ModelServer
    let model: String

    /// - Throws: `ExitCode` after a signal; `Fault`.
    func run() async throws {
        let screen = Screen(PullBar(model: model))
        defer {
            screen.end()
            Signals.restoreDefaults()
        }
        let signals = await Signals.trap()
        let signal = try await withThrowingTaskGroup(of: Int32?.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                try await server.pull(model) { screen.show($0) }
                return nil
            }
            group.addTask { await Signals.firstExitStatus(of: signals) }
            return try await group.next() ?? nil
        }
        guard let signal else { return }
        screen.end()
        Console.say("utter: Stopped; what came of \(model) is kept, and a later pull goes on from there.\n")
        throw ExitCode(signal)
    }

    /// The bar, where the task that receives can draw it.
    private final class Screen: Sendable {
        private let bar: Mutex<PullBar>

        init(_ bar: PullBar) {
            self.bar = Mutex(bar)
        }

        func show(_ status: PullStatus) {
            bar.withLock { $0.show(status) }
        }

        func end() {
            bar.withLock { $0.end() }
        }
    }
}
