// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import ServiceClient
import Utterance

/// One answer from the command line, spoken by the daemon.
struct DaemonRun {
    let daemon: DaemonClient
    let style: Presenter.Style
    let showsTimeline: Bool

    /// - Parameter awaited: who is waited for, in the status line.
    func speak(_ request: DaemonRequest, from awaited: String) async throws {
        let status = StatusLine()
        let presenter = Presenter(style: style, showsTimeline: showsTimeline, status: status, awaited: awaited)
        status.wait(for: "Waiting for the daemon")
        let answer = DaemonAnswer(daemon: daemon, request: request) { ahead in
            status.wait(for: "Waiting for its turn behind \(ahead == 1 ? "another answer" : "\(ahead) answers")")
        }
        try await AnswerRun(presenter: presenter, status: status).run(answer)
    }
}
