// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Glibc
import Pipeline
import Utterance

/// Runs one answer in the foreground: shows its events, stops it on SIGINT and SIGTERM, and exits with its exit code.
struct AnswerRun {
    let style: Presenter.Style
    let showsTimeline: Bool
    let status = StatusLine()

    /// - Parameter awaited: what the status line says it is waiting for; `nil`: nothing.
    /// - Throws: `ExitCode` if it is not 0; `Fault` if standard output failed, or the answer could not start.
    func run(_ answer: some SpokenAnswer, from awaited: String?) async throws {
        let presenter = presenter(awaiting: awaited)
        let signals = await ProcessSignals.trap()
        let (stop, stopper) = AsyncStream.makeStream(of: Never.self)
        let status = try await withThrowingTaskGroup(of: (isAnswer: Bool, exitStatus: Int32?).self) { group in
            group.addTask {
                let display = AnswerDisplay(status: self.status)
                let (ending, ()) = try await display.run(answer, until: stop, of: presenter.shows) { events in
                    var presenter = presenter
                    for await event in events { try presenter.show(event) }
                }
                return (true, Self.exitStatus(of: ending))
            }
            group.addTask { (false, await ProcessSignals.firstExitStatus(of: signals)) }
            // The first result decides: the answer's end or a signal.
            var exitStatus: Int32?
            for try await result in group {
                exitStatus = exitStatus ?? result.exitStatus
                if result.isAnswer { group.cancelAll() } else { stopper.finish() }
            }
            return exitStatus ?? ExitStatus.success
        }
        if status != ExitStatus.success { throw ExitCode(status) }
    }

    /// Marks what was heard if the text goes to a terminal that can show it, and nobody is typing there.
    private func presenter(awaiting awaited: String?) -> any AnswerPresenting {
        guard style == .text, let awaited, Console.outputIsTerminal, Console.hasSequences else {
            return Presenter(style: style, showsTimeline: showsTimeline, status: status, awaited: awaited)
        }
        return HeardPresenter(status: status, awaited: awaited, timeline: showsTimeline ? Timeline() : nil)
    }

    private static func exitStatus(of ending: Answer.Ending) -> Int32 {
        switch ending {
        case .finished, .stopped: ExitStatus.success
        case .failed(let fault): ExitStatus.of(fault)
        }
    }
}
