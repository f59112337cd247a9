// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Glibc
import Pipeline
import Utterance

/// Runs one answer in the foreground: shows its events, stops it on SIGINT and SIGTERM, and knows the exit code.
struct AnswerRun {
    let presenter: Presenter
    let status: StatusLine

    /// - Parameter make: makes the answer, given where its events go.
    /// - Throws: `ExitCode` if it is not 0; `Fault` if standard output failed.
    func run(_ make: (@escaping @Sendable (Event) -> Void) -> Answer) async throws {
        let (events, continuation) = AsyncStream.makeStream(of: Event.self)
        let answer = make { continuation.yield($0) }
        let status = try await withThrowingTaskGroup(of: Int32.self) { group in
            group.addTask { [presenter] in
                var presenter = presenter
                for await event in events { try presenter.show(event) }
                return ExitStatus.success
            }
            group.addTask {
                defer { continuation.finish() }
                return await exitStatus(of: answer)
            }
            return try await group.reduce(ExitStatus.success, max)
        }
        if status != ExitStatus.success { throw ExitCode(status) }
    }

    /// Runs the answer until it ends or a signal stops it.
    private func exitStatus(of answer: Answer) async -> Int32 {
        let signals = await Signals.trap()
        return await withTaskGroup(of: Int32?.self) { group in
            group.addTask { Self.exitStatus(of: await answer.run()) }
            group.addTask { await Signals.firstExitStatus(of: signals) }
            group.addTask {
                await status.run()
                return nil
            }
            // Whichever comes first, the answer's end or a signal; the others are cancelled and waited for.
            var code: Int32?
            for await result in group where result != nil {
                code = code ?? result
                group.cancelAll()
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
