// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Utterance

/// A conversation: each line is either a command or a question that is answered aloud.
struct Chat<Backend: ChatBackend> {
    private(set) var backend: Backend
    private let stop: AnswerStop
    private let text = ChatText()

    /// Everything that `/save` writes.
    private var transcript = Conversation(longest: 1_000, tokens: .max)
    /// The answer that `/again` repeats.
    private var last: (question: String, answer: String, exchange: Conversation.Exchange?)?
    /// Files that this chat wrote, and may overwrite.
    private var saved: Set<String> = []
    private var notices: Set<Notice> = []
    /// The first fault of an answer or a command.
    private(set) var firstFault: Fault?

    init(with backend: Backend, stop: AnswerStop) {
        self.backend = backend
        self.stop = stop
    }

    /// Runs until the surface has no more lines, or until somebody enters `/quit`. If an answer fails, its fault is
    /// shown, and the chat goes on.
    ///
    /// - Throws: `Fault(.outputFailed)`, and faults of the input; `CancellationError`.
    mutating func run(on surface: inout some ChatSurface) async throws {
        while let line = try await surface.nextLine() {
            do {
                let command = try SlashCommand(line)
                if command == .quit { break }
                if let command { try await perform(command, surface) } else { try await ask(line, surface) }
            } catch let fault as Fault where fault.code != .outputFailed {
                firstFault = firstFault ?? fault
                surface.say(Console.message(fault.shown, columns: Console.errorIsTerminal ? Console.width : nil))
            }
        }
    }

    private mutating func perform(_ command: SlashCommand, _ surface: some ChatSurface) async throws {
        switch command {
        case .voice(let name):
            if let name { try await backend.use(voice: name) }
            surface.say(text.voice(try await backend.voice) + "\n")
        case .rate(let rate):
            if let rate { try await backend.use(rate: rate) }
            surface.say(text.rate(try await backend.rate) + "\n")
        case .model(let name):
            if let name { try await backend.use(model: name) }
            surface.say(text.model(try await backend.model) + "\n")
        case .persona(let name):
            if let name { try await backend.use(persona: name) }
            surface.say(text.persona(backend.persona) + "\n")
        case .volume(let volume):
            if let volume { try await backend.use(volume: volume) }
            surface.say(text.volume(try await backend.volume) + "\n")
        case .models:
            let models = try await backend.models
            surface.say(models.isEmpty ? text.noModels + "\n" : models.map { "\($0)\n" }.joined())
        case .new:
            try await backend.beginConversation()
            last = nil
            surface.say(text.newConversation + "\n")
        case .again: try await speakAgain(surface)
        case .save(let path): try save(to: path, surface)
        case .help: surface.say(text.help)
        case .quit: break
        }
    }

    private mutating func ask(_ prompt: String, _ surface: some ChatSurface) async throws {
        let (answer, awaited) = try backend.answer(to: prompt)
        let record = try await speak(answer, from: awaited, surface)
        let exchange = record.exchange(about: prompt)
        if let exchange { remember(exchange, replacing: nil) }
        if !record.answer.isEmpty { last = (prompt, record.answer, exchange) }
    }

    /// Repeats the last answer from its beginning. What is heard this time counts.
    private mutating func speakAgain(_ surface: some ChatSurface) async throws {
        guard let (question, answer, before) = last else {
            throw Fault(.usage, "There is no answer to repeat yet; ask something first.")
        }
        let record = try await speak(backend.repetition(of: answer), from: "the voice", surface)
        guard let exchange = record.exchange(about: question) else { return }
        if let before, exchange.isInterrupted, exchange.answer.utf8.count <= before.answer.utf8.count { return }
        remember(exchange, replacing: before)
        last = (question, answer, exchange)
    }

    private mutating func remember(_ exchange: Conversation.Exchange, replacing old: Conversation.Exchange?) {
        backend.remember(exchange, replacing: old)
        transcript.add(exchange, replacing: old)
    }

    private mutating func speak(
        _ answer: any SpokenAnswer, from awaited: String, _ surface: some ChatSurface
    ) async throws -> AnswerRecord {
        let status = surface.status
        let presenter = try surface.presenter(awaiting: awaited, status: status)
        let record = try await ChatAnswer(stop: stop, status: status, shownBefore: notices)
            .run(answer, shownBy: presenter)
        notices.formUnion(record.notices)
        firstFault = firstFault ?? record.fault
        return record
    }

    private mutating func save(to path: String, _ surface: some ChatSurface) throws {
        guard !transcript.exchanges.isEmpty else {
            throw Fault(.usage, "There is nothing to save yet; ask something first.")
        }
        try SavedConversation.write(transcript.exchanges, to: path, replaces: saved.contains(path))
        saved.insert(path)
        surface.say(text.saved(path) + "\n")
    }
}
