// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import ServiceClient

struct SetCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Change how the daemon sounds from now on.",
        discussion: """
            utter set volume=80 rate=200

            volume is in percent, 0 to 200; rate in words per minute, 80 to 450; voice is auto or an eSpeak NG voice (see \
            utter voices); mute is on or off: a muted answer goes on unheard, and aloud when mute is off again. The \
            value default is that of the daemon's configuration. What is set outlives a restart.
            """)

    @Argument(help: ArgumentHelp("What to change.", valueName: "name=value"))
    var changes: [String]

    func execute(_ daemon: DaemonClient) async throws {
        // The last of several for one thing counts.
        let assignments = try changes.map(ControlAssignment.init)
        _ = try await daemon.set(Dictionary(assignments.map { ($0.name, $0.value) }) { $1 })
    }
}
