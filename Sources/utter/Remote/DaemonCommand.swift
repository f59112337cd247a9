// SPDX-License-Identifier: GPL-3.0-or-later
import ServiceClient
import Utterance

/// A command that is nothing without a daemon.
protocol DaemonCommand: FaultReportingCommand {
    func execute(_ daemon: DaemonClient) async throws
}

extension DaemonCommand {
    func execute() async throws {
        guard let daemon = try DaemonClient.find(in: ProcessEnvironment.variables) else { throw Fault.noDaemon }
        try await execute(daemon)
    }
}
