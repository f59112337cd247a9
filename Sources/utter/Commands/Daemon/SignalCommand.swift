// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import ServiceClient
import Utterance

struct SignalCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "signal", abstract: "Let the daemon's loudspeaker make one of its short sounds.",
        discussion: """
            For programs that have the microphone: utter signal listening silences what is being said and ends when its \
            sound was heard, so that the recording can begin.
            """)

    @Argument(help: "What it tells.")
    var signal: AudibleSignal

    func execute(_ daemon: DaemonClient) async throws {
        try await DaemonRun(daemon: daemon, style: .text, showsTimeline: false)
            .speak(.signal(signal), from: "the daemon")
    }
}

extension AudibleSignal: ExpressibleByArgument {}
