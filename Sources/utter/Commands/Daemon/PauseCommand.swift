// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import ServiceClient

struct PauseCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Silence the daemon until utter resume; it goes on at the word that was sounding.")

    func execute(_ daemon: DaemonClient) async throws {
        if try await daemon.pause() == nil { Console.say("utter: Nothing is being said.\n") }
    }
}

struct ResumeCommand: DaemonCommand {
    static let configuration = CommandConfiguration(commandName: "resume", abstract: "Go on after utter pause.")

    func execute(_ daemon: DaemonClient) async throws {
        if try await daemon.resume() == nil { Console.say("utter: There is nothing to go on with.\n") }
    }
}
