// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Glibc
import Pipeline
import Threads
import UnixSignals
import Utterance

/// Runs one answer in the foreground: shows its events, stops it on SIGINT and SIGTERM, and knows the exit code.
struct AnswerRun {
    let presenter: Presenter
    let status: StatusLine

    private enum Outcome {
        case ended(Answer.Ending)
        /// With the exit code; `nil` if none came.
        case signal(Int32?)
        case statusEnded
    }

    /// - Throws: `ExitCode` if it is not 0; `Fault` if standard output failed, or the answer could not begin.
    func run(_ answer: some SpokenAnswer) async throws {
        defer { status.clear() }
        let (events, continuation) = AsyncStream.makeStream(of: Event.self)
        // Whoever reads may be slow.
        let console = ThreadTaskExecutor(name: "utter-console")
        let status = try await withThrowingTaskGroup(of: Int32.self) { group in
            group.addTask(executorPreference: console) { [presenter] in
                var presenter = presenter
                for await event in events { try presenter.show(event) }
                return ExitStatus.success
            }
            group.addTask {
                defer { continuation.finish() }
                return try await exitStatus(of: answer, console) { continuation.yield($0) }
            }
            return try await group.reduce(ExitStatus.success, max)
        }
        if status != ExitStatus.success { throw ExitCode(status) }
    }

    /// Runs the answer until it ends, by itself or since a signal stops it.
    private func exitStatus(
        of answer: some SpokenAnswer, _ console: ThreadTaskExecutor, _ handler: @escaping @Sendable (Event) -> Void
    ) async throws -> Int32 {
        let signals = await Signals.trap()
        let (stop, stopper) = AsyncStream.makeStream(of: Never.self)
        return try await withThrowingTaskGroup(of: Outcome.self) { group in
            group.addTask { .ended(try await answer.run(until: stop, handler)) }
            group.addTask { .signal(await Signals.firstExitStatus(of: signals)) }
            group.addTask(executorPreference: console) {
                await status.run()
                return .statusEnded
            }
            // Whichever comes first, the answer's end or a signal, decides.
            var code: Int32?
            for try await outcome in group {
                switch outcome {
                case .ended(let ending):
                    code = code ?? Self.exitStatus(of: ending)
                    group.cancelAll()
                case .signal(let exitStatus):
                    code = code ?? exitStatus
                    stopper.finish()
                case .statusEnded: break
                }
            }
            return code ?? ExitStatus.success
        }
    }

    private static func exitStatus(of ending: Answer.Ending) -> Int32 {
        switch ending {
        case .finished, .stopped: ExitStatus.success
        case .failed(let fault): ExitStatus.of(fault)
        }
    }
}
