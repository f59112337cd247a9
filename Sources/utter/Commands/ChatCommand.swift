// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import DaemonClient
import Pipeline
import Threads
import UnixSignals
import Utterance

struct ChatCommand: FaultReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat",
        abstract: "Talk with the model: ask, hear the answer, ask again.",
        discussion: """
            The model is told what was said before, as far as it was heard, within the limits conversation.history_turns \
            and history_tokens. On a terminal, words turn from dim to plain as they are heard.

            Ctrl-C stops the answer; at the prompt it discards the line, and pressed twice ends the chat, as Ctrl-D does. \
            Lines that begin with / are commands:

            \(ChatText.summary)
            If standard input is not a terminal, each of its lines is a question or a command, and the exit code is that \
            of the first one that failed.

            If a daemon is running, it answers. You can type while it speaks: Enter stops the answer and asks.
            """)

    @OptionGroup(title: "Model") var model: ModelArguments
    @OptionGroup(title: "Model") var asking: QuestionArguments
    @OptionGroup(title: "Sound") var sound: SoundArguments
    @OptionGroup(title: "Daemon") var session: SessionArguments
    @OptionGroup(title: "Daemon") var standalone: StandaloneArguments
    @OptionGroup var config: ConfigArguments

    func execute() async throws {
        let daemon = try standalone.daemon(
            localOnly: model.given + sound.given + config.given, daemonOnly: session.given)
        if let daemon { try await run(with: backend(daemon)) } else { try await run(with: localBackend()) }
    }

    private func backend(_ daemon: DaemonClient) throws -> DaemonChatBackend {
        let question = try asking.question(
            "", session: session.session ?? "chat-\(AnswerID.make())", delivery: sound.voice.delivery())
        return DaemonChatBackend(daemon: daemon, question: question, forgetsSession: session.session == nil)
    }

    private func localBackend() async throws -> LocalChatBackend {
        var settings = model.apply(to: try config.load())
        try asking.apply(to: &settings)
        try sound.apply(to: &settings)
        let backend = try await LocalChatBackend(
            settings: settings, options: asking.options, variables: asking.variables, output: sound.output)
        try await ModelOffer(settings: settings).make()
        return backend
    }

    private func run(with backend: some ChatBackend) async throws {
        let status: Int32
        do { status = try await exitStatus(of: backend) } catch {
            await leave(backend)
            throw error
        }
        await leave(backend)
        if status != ExitStatus.success { throw ExitCode(status) }
    }

    private func leave(_ backend: some ChatBackend) async {
        ProcessSignals.restoreDefaults()
        await backend.leave()
    }

    private func exitStatus(of backend: some ChatBackend) async throws -> Int32 {
        let stop = AnswerStop()
        let chat = Chat(with: backend, stop: stop)
        return try await withThrowingTaskGroup(of: Int32.self) { group in
            // The terminal may be slow, and writing to it waits for the key that is being drawn.
            group.addTask(executorPreference: ThreadTaskExecutor(name: "utter-chat")) { try await run(chat, stop) }
            group.addTask { await Self.signal(stop) }
            defer { group.cancelAll() }
            return try await group.next() ?? ExitStatus.success
        }
    }

    /// - Returns: the exit code.
    private func run(_ chat: Chat<some ChatBackend>, _ stop: AnswerStop) async throws -> Int32 {
        var chat = chat
        guard sound.output != "-", Console.inputIsTerminal, Console.outputIsTerminal, Console.hasSequences,
            let terminal = RawTerminal()
        else {
            var surface = try PlainSurface(style: sound.output == "-" ? .sound : .text)
            try await chat.run(on: &surface)
            return chat.firstFault.map(ExitStatus.of) ?? ExitStatus.success
        }
        let surface = TerminalSurface(terminal)
        surface.say(ChatText().greeting + "\n")
        defer { terminal.restore() }
        try await withThrowingTaskGroup { group in
            group.addTask(executorPreference: ThreadTaskExecutor(name: "utter-keys")) {
                try await surface.readKeys(stop)
            }
            group.addTask { [backend = chat.backend] in surface.offer(await backend.choices) }
            var surface = surface
            try await chat.run(on: &surface)
            group.cancelAll()
        }
        return ExitStatus.success
    }

    /// Waits for signals. SIGINT stops the running answer, or else ends the program, as SIGTERM and SIGHUP do.
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
