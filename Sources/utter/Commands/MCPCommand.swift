// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import DaemonClient
import Utterance

struct MCPCommand: FaultReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp", abstract: "Offer the daemon's tools to a coding assistant (Model Context Protocol).",
        discussion: """
            The assistant starts this command itself and talks to it on standard input and output. For example:

              claude mcp add utter -- utter mcp

            The tools are say, announce, ask, stop and status. The daemon carries them out, and offers them over HTTP as \
            well, at /mcp.
            """)

    func execute() async throws {
        try await MCPBridge { () throws(Fault) in try DaemonClient.find(in: ProcessEnvironment.variables) }.run()
    }
}
