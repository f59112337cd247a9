// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import DaemonClient
import Utterance

/// A command that needs a daemon.
protocol DaemonCommand: FaultReportingCommand {
    func execute(_ daemon: DaemonClient) async throws
}

extension DaemonCommand {
    fileprivate static var silence: String { Bilingual.ofLocale("Nothing is being said.", "现在没有在朗读。") }

    func execute() async throws {
        guard let daemon = try DaemonClient.find(in: ProcessEnvironment.variables) else { throw Fault.noDaemon }
        try await execute(daemon)
    }
}

struct StatusCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show what the daemon is saying, what is waiting, and how it sounds.")

    @Flag(help: "Print JSON, for programs.")
    var json = false

    @Flag(help: "Keep updating it until Ctrl-C.")
    var watch = false

    func validate() throws {
        if json, watch {
            throw ValidationError("--json and --watch exclude each other; programs can follow /v1/events.")
        }
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

struct StopCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: "Stop what the daemon is saying, and what is waiting.",
        discussion: "Prints the names of the answers that were stopped.")

    @Argument(
        help: "The answer to stop (utter status and utter ask --detach print its name); by default all.",
        completion: Completions.answers)
    var answer: String?

    func execute(_ daemon: DaemonClient) async throws {
        let stopped = try await daemon.stop(answer)
        if stopped.isEmpty {
            Console.tell(
                answer.map { answer in
                    Bilingual.ofLocale("No answer \(answer) is speaking or waiting.", "没有正在朗读或排队的回答 \(answer)。")
                } ?? Self.silence)
        }
        for answer in stopped { try Console.write("\(answer.printable)\n") }
    }
}

struct PauseCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Pause the daemon until utter resume, which continues with the word that was sounding.")

    func execute(_ daemon: DaemonClient) async throws {
        if try await daemon.pause() == nil { Console.tell(Self.silence) }
    }
}

struct ResumeCommand: DaemonCommand {
    static let configuration = CommandConfiguration(commandName: "resume", abstract: "Continue after utter pause.")

    func execute(_ daemon: DaemonClient) async throws {
        if try await daemon.resume() == nil {
            Console.tell(Bilingual.ofLocale("There is nothing to resume.", "没有可以继续的内容。"))
        }
    }
}

struct SetCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Change how the daemon sounds from now on.",
        discussion: """
            utter set volume=80 rate=200

            volume is in percent, 0 to 200; rate in words per minute, 80 to 450; voice is auto or an eSpeak NG voice (see \
            utter voices); mute is on or off: a muted answer continues unheard, and is audible again once mute is off. The \
            value default restores that of the daemon's configuration. Changes survive a restart.
            """)

    @Argument(help: ArgumentHelp("What to change.", valueName: "name=value"))
    var changes: [String]

    func execute(_ daemon: DaemonClient) async throws {
        // If a name is set more than once, the last value counts.
        let assignments = try changes.map(ControlAssignment.init)
        _ = try await daemon.set(Dictionary(assignments.map { ($0.name, $0.value) }) { $1 })
    }
}

struct SignalCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "signal", abstract: "Have the daemon play one of its short sounds.",
        discussion: """
            For programs that use the microphone: utter signal listening silences what is being said and returns when its \
            sound has been heard, so that recording can begin.
            """)

    @Argument(help: "The sound's meaning.")
    var signal: AudibleSignal

    func execute(_ daemon: DaemonClient) async throws {
        try await AnswerRun(style: .text, showsTimeline: false).speak(.signal(signal), daemon, from: "the daemon")
    }
}

extension AudibleSignal: ExpressibleByArgument {}
