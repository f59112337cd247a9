// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import ServiceClient
import Utterance

struct StopCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: "Stop what the daemon says, and what waits to be said.",
        discussion: "Prints the names of the answers that were stopped.")

    @Argument(help: "The answer to stop (utter status and utter ask --detach name it); none: all.")
    var answer: String?

    func execute(_ daemon: DaemonClient) async throws {
        let stopped = try await daemon.stop(answer)
        if stopped.isEmpty {
            Console.say(
                "utter: \(answer.map { "No answer \($0.printable) speaks or waits." } ?? "Nothing is being said.")\n")
        }
        for answer in stopped { try Console.write("\(answer.printable)\n") }
    }
}
