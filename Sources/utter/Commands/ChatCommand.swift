// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Pipeline
import ServiceClient
import UnixSignals
import Utterance

struct ChatCommand: FaultReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat",
        abstract: "Talk with the model: ask, hear the answer, ask on.",
        discussion: """
            The model is told what was said before, as far as it was heard; conversation.history_turns and \
            history_tokens bound that. On a terminal, words turn from dim to plain as they are heard.

            Ctrl-C stops the answer; at the prompt it gives the line up, twice ends, as Ctrl-D does. Lines that begin \
            with / are commands:

            \(SlashCommand.summary)
            Where standard input is no terminal, each of its lines is a question or a command, and the exit code is \
            that of the first one that failed.

            Where a daemon runs, it answers, and /model is its own affair.
            """)

    @OptionGroup(title: "Model") var model: ModelArguments
    @OptionGroup(title: "Model") var asking: QuestionArguments
    @OptionGroup(title: "Sound") var sound: SoundArguments
    @OptionGroup(title: "Daemon") var session: SessionArguments
    @OptionGroup(title: "Daemon") var standalone: StandaloneArguments
    @OptionGroup var config: ConfigArguments

    func execute() async throws {
        let daemon = try standalone.daemon(
            own: model.given + sound.given + config.given, foreign: session.given)
        if let daemon { try await run(with: partner(daemon)) } else { try await run(with: ownPartner()) }
    }

    private func partner(_ daemon: DaemonClient) throws -> DaemonPartner {
        let question = try asking.question(
            "", session: session.session ?? "chat-\(AnswerID.make())", delivery: sound.voice.delivery())
        return DaemonPartner(daemon: daemon, question: question, forgetsSession: session.session == nil)
    }

    private func ownPartner() async throws -> OwnPartner {
        var settings = model.apply(to: try config.load())
        try asking.apply(to: &settings)
        try sound.apply(to: &settings)
        let partner = try await OwnPartner(
            settings: settings, options: asking.options, variables: asking.variables, output: sound.output)
        try await ModelOffer(settings: settings).make()
        return partner
    }

    private func run(with partner: some ChatPartner) async throws {
        let status: Int32
        do { status = try await exitStatus(of: partner) } catch {
            await leave(partner)
            throw error
        }
        await leave(partner)
        if status != ExitStatus.success { throw ExitCode(status) }
    }

    /// However the chat ended.
    private func leave(_ partner: some ChatPartner) async {
        Signals.restoreDefaults()
        await partner.leave()
    }

    private func exitStatus(of partner: some ChatPartner) async throws -> Int32 {
        let stop = AnswerStop()
        let chat = Chat(with: partner, stop: stop)
        return try await withThrowingTaskGroup(of: Int32.self) { group in
            group.addTask { try await run(chat, stop) }
            group.addTask { await Self.signal(stop) }
            defer { group.cancelAll() }
            return try await group.next() ?? ExitStatus.success
        }
    }

    /// - Returns: the exit code.
    private func run(_ chat: Chat<some ChatPartner>, _ stop: AnswerStop) async throws -> Int32 {
        var chat = chat
        guard sound.output != "-", Console.inputIsTerminal, Console.outputIsTerminal, let terminal = RawTerminal()
        else {
            var surface = try PlainSurface(style: sound.output == "-" ? .sound : .text)
            try await chat.run(on: &surface)
            return chat.firstFault.map(ExitStatus.of) ?? ExitStatus.success
        }
        let surface = TerminalSurface(terminal)
        Console.say("Utter \(Version.number). Ask something; /help lists what else there is, Ctrl-D ends.\n")
        defer { terminal.restore() }
        try await withThrowingTaskGroup { group in
            group.addTask { try await surface.readKeys(stop) }
            var surface = surface
            try await chat.run(on: &surface)
            group.cancelAll()
        }
        return ExitStatus.success
    }

    /// SIGINT stops the answer that is running, or else ends the program, as SIGTERM and SIGHUP do.
    ///
    /// - Returns: the exit code.
    private static func signal(_ stop: AnswerStop) async -> Int32 {
        for await signal in await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup) {
            if signal == .sigint, stop.stop() { continue }
            return signal == .sigint ? ExitStatus.interrupted : ExitStatus.terminated
        }
        return ExitStatus.terminated
    }
}
