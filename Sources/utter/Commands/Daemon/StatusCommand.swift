// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import ServiceClient
import Utterance

struct StatusCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show what the daemon says, what waits, and how it sounds.")

    @Flag(help: "As JSON, for programs.")
    var json = false

    @Flag(help: "Keep showing it, until Ctrl-C.")
    var watch = false

    func validate() throws {
        if json, watch { throw ValidationError("--json and --watch exclude each other; /v1/events is for programs.") }
    }

    func execute(_ daemon: DaemonClient) async throws {
        if watch { return try await StatusWatch(daemon: daemon).run() }
        if json {
            try Console.write(try await daemon.statusJSON() + "\n")
        } else {
            try Console.write(StatusReport(try await daemon.status()).text)
        }
    }
}
