// SPDX-License-Identifier: GPL-3.0-or-later
import Assistant
import FoundationEssentials
import Glibc
import Pipeline
import Settings
import Speech
import Synchronization
import TestSupport
import Testing
import Utterance

@testable import utter

/// Whole chats, with a scripted server, eSpeak NG and a WAV file.
@Suite struct ChatTests {
    /// Enters lines, keeps what is said, and does something at an event.
    private struct Script: ChatSurface {
        final class Log: Sendable {
            let said = Mutex("")
            let events = Mutex<[Event.Kind]>([])
        }

        private struct Presenter: AnswerPresenting {
            let log: Log
            let onEvent: @Sendable (Event.Kind) -> Void

            func show(_ event: Event) {
                log.events.withLock { $0.append(event.kind) }
                onEvent(event.kind)
            }
        }

        var lines: [String]
        let log = Log()
        var onEvent: @Sendable (Event.Kind) -> Void = { _ in }

        mutating func nextLine() -> String? {
            lines.isEmpty ? nil : lines.removeFirst()
        }

        var status: StatusLine { StatusLine(isTerminal: true, say: { _ in }) }

        func presenter(awaiting awaited: String, status: StatusLine) -> any AnswerPresenting {
            Presenter(log: log, onEvent: onEvent)
        }

        func say(_ text: String) {
            log.said.withLock { $0 += text }
        }

        var said: String { log.said.withLock { $0 } }
    }

    private struct Body: Decodable {
        struct Message: Decodable {
            var role: String
            var content: String
        }

        var model: String
        var messages: [Message]
    }

    /// Runs a chat.
    ///
    /// - Returns: the final surface, what the server was asked, and the chat.
    private func chat(
        _ lines: [String], settings: Settings = Settings(), namesModel: Bool = true, stop: AnswerStop = AnswerStop(),
        onEvent: @escaping @Sendable (Event.Kind) -> Void = { _ in },
        answering script: @escaping FaultServer.Script = { _, connection in
            try await connection.send(OllamaWire.chat(tokens: ["Good ", "answer."]))
        }
    ) async throws -> (surface: Script, asked: [Body], chat: Chat<LocalChatBackend>) {
        let file = "/tmp/utter-chat-\(UInt64.random(in: 0 ... .max)).wav"
        var settings = settings
        settings.model.connectTimeout = .seconds(100)  // a machine that is busy with other tests may be slow
        defer { _ = unsafe unlink(file) }
        return try await FaultServer.run(OllamaWire.server(chat: script)) { server in
            var settings = settings
            settings.model.url = server.url
            if namesModel { settings.model.name = "tiny" }
            var chat = Chat(with: try await LocalChatBackend(settings: settings, output: file), stop: stop)
            var surface = Script(lines: lines, onEvent: onEvent)
            try await chat.run(on: &surface)
            await chat.backend.leave()
            let requests = server.requests.filter { $0.path == "/api/chat" }
            let bodies = try requests.map { try JSONDecoder().decode(Body.self, from: Data($0.body)) }
            return (surface, bodies, chat)
        }
    }

    @Test("The model is told what was said before")
    func history() async throws {
        let (_, asked, _) = try await chat(["First?", "Second?"])
        #expect(
            asked.map { $0.messages.dropFirst().map(\.content) } == [
                ["First?"], ["First?", "Good answer.", "Second?"],
            ])
        #expect(asked.last?.messages.map(\.role) == ["system", "user", "assistant", "user"])
    }

    @Test("The settings limit what it is told")
    func bounds() async throws {
        var settings = Settings()
        settings.conversation.historyTurns = 1
        let (_, asked, _) = try await chat(["First?", "Second?", "Third?"], settings: settings)
        #expect(asked.last?.messages.dropFirst().map(\.content) == ["Second?", "Good answer.", "Third?"])
    }

    @Test("Of a stopped answer, the model is told what was heard, and the chat goes on")
    func stopped() async throws {
        let stop = AnswerStop()
        let heardFirst: @Sendable (Event.Kind) -> Void = { kind in
            if case .heard(0) = kind { _ = stop.stop() }
        }
        let (surface, asked, _) = try await chat(["First?", "Second?"], stop: stop, onEvent: heardFirst) {
            request, connection in
            guard !request.text.contains("Second?") else {
                return try await connection.send(OllamaWire.chat(tokens: ["Good."]))
            }
            try await connection.send(OllamaWire.head + OllamaWire.chat("One is heard. And this "))
            try await connection.staySilent()
        }
        #expect(
            asked.last?.messages.dropFirst().map(\.content) == ["First?", "One is heard. … [interrupted]", "Second?"])
        #expect(surface.log.events.withLock { $0.contains { if case .stopped = $0 { true } else { false } } })
    }

    @Test("A fault of an answer is shown, and the chat goes on")
    func fault() async throws {
        let failing: FaultServer.Script = { request, connection in
            guard request.text.contains("Second?") else {
                return try await connection.send(
                    HTTPWire.reply(#"{"error":"boom"}"#, status: "500 Internal Server Error"))
            }
            try await connection.send(OllamaWire.chat(tokens: ["Good."]))
        }
        let (_, asked, chat) = try await chat(["First?", "Second?"], answering: failing)
        #expect(asked.last?.messages.dropFirst().map(\.content) == ["Second?"])
        #expect(chat.firstFault?.code == .modelFailed)
    }

    @Test("A notice that applies to the whole chat is shown once")
    func lastingNotices() async throws {
        let (surface, asked, _) = try await chat(["First?", "Second?"], namesModel: false)
        #expect(asked.map(\.model) == ["tiny:latest", "tiny:latest"])
        let notices = surface.log.events.withLock { events in
            events.compactMap { if case .notice(let notice) = $0 { notice.code } else { nil } }
        }
        #expect(notices == ["model_chosen"])
    }

    @Test("/again speaks the last answer without asking the model, and it counts once")
    func again() async throws {
        let (surface, asked, _) = try await chat(["/again", "First?", "/again", "Second?"])
        #expect(surface.said.contains("no answer to repeat yet"))
        #expect(asked.count == 2)
        #expect(asked.last?.messages.dropFirst().map(\.content) == ["First?", "Good answer.", "Second?"])
        let finished = surface.log.events.withLock { $0.filter { if case .finished = $0 { true } else { false } } }
        #expect(finished.count == 3)
    }

    @Test("/voice, /rate and /model apply from the next answer on")
    func changes() async throws {
        let (surface, asked, chat) = try await chat([
            "/voice de", "/voice nobody", "/rate 300", "/rate 9", "/model other", "/model tiny:latest",
            "/persona nobody",
            "First?",
        ])
        #expect(asked.first?.model == "tiny:latest")
        #expect(surface.said.contains("The model \"other\" is not installed. Installed: tiny:latest."))
        #expect(chat.backend.settings.voiceParameters.voice == "de")
        #expect(chat.backend.settings.voiceParameters.rate == 300)
        #expect(surface.said.contains("nobody”"))
        #expect(surface.said.contains("80 to 450"))
        #expect(surface.said.contains("There is no persona nobody."))
        let voices = surface.log.events.withLock { events in
            events.compactMap { if case .piece(let piece) = $0 { piece.voice } else { nil } }
        }
        #expect(voices == ["de"])
    }

    @Test("/voice takes precedence over the persona's voice")
    func personaVoice() async throws {
        var settings = Settings()
        settings.personas["assistant"]?.voice = "de"
        let (_, _, chat) = try await chat(["/voice fr"], settings: settings)
        #expect(chat.backend.settings.voiceParameters.voice == "fr")
    }

    @Test("/save writes the conversation, and replaces only its own files")
    func save() async throws {
        let path = "/tmp/utter-chat-\(UInt64.random(in: 0 ... .max)).md"
        defer { _ = unsafe unlink(path) }
        let (first, _, _) = try await chat(["/save \(path)", "First?", "/save \(path)", "Second?", "/save \(path)"])
        #expect(first.said.contains("nothing to save yet"))
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        #expect(text == "> First?\n\nGood answer.\n\n> Second?\n\nGood answer.\n")
        let (second, _, chat) = try await chat(["First?", "/save \(path)", "/save /nowhere/at/all"])
        #expect(second.said.contains("already exists"))
        #expect(second.said.contains("/nowhere/at/all can't be written"))
        #expect(chat.firstFault?.code == .outputUnwritable)
    }

    @Test("/quit ends, and an unknown command does not")
    func quit() async throws {
        let (surface, asked, _) = try await chat(["/quitt", "/help", "/quit", "First?"])
        #expect(surface.said.contains("Did you mean /quit?"))
        #expect(surface.said.contains("/persona NAME"))
        #expect(asked.isEmpty)
    }
}
