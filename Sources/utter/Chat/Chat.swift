// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Pipeline
import Playback
import Settings
import Speech
import Utterance

/// A conversation: lines come in, each is a command or a question that is answered aloud. One voice and one output are
/// kept over all answers.
struct Chat {
    var settings: Settings
    /// Of the command line, such as `temperature=0.7`.
    let options: [String]
    /// Of the command line, for the persona's template, such as `topic=rivers`.
    let variables: [String]
    let synthesizer: Synthesizer
    let destination: SoundDestination
    let stop: AnswerStop

    private let output: any SoundOutput
    private let status = StatusLine()
    /// What the model is told.
    private var conversation: Conversation
    /// What `/save` writes.
    private var transcript = Conversation(longest: 1_000, tokens: .max)
    /// What `/again` speaks.
    private var last: (question: String, answer: String, exchange: Conversation.Exchange?)?
    /// Files that this chat wrote, and may write again.
    private var saved: Set<String> = []
    private var notices: Set<Notice> = []
    /// Of an answer or a command.
    private(set) var firstFault: Fault?

    /// - Throws: `Fault(.speechFailed)`, `Fault(.voiceUnknown)`, and `Fault(.usage)` for what no question could be asked
    ///   with.
    init(
        settings: Settings, options: [String] = [], variables: [String] = [], output file: String?, stop: AnswerStop
    ) async throws {
        _ = try Question(prompt: "", settings: settings, options: options, variables: variables)
        var parameters = settings.playbackParameters
        parameters.keepOpen = settings.playback.keepOpen
        self.settings = settings
        self.options = options
        self.variables = variables
        self.stop = stop
        synthesizer = try await Synthesizer.start(settings.voiceParameters)
        destination = SoundDestination(parameters: parameters, file: file)
        output = try destination.makeOutput()
        let bounds = settings.conversation
        conversation = Conversation(longest: bounds.historyTurns, tokens: bounds.historyTokens)
    }

    /// Runs until the surface has no more lines, or somebody enters `/quit`. A fault of an answer is said, and the
    /// chat goes on.
    ///
    /// - Throws: `Fault(.outputFailed)` and faults of the input; `CancellationError`.
    mutating func run(on surface: inout some ChatSurface) async throws {
        while let line = try await surface.nextLine() {
            do {
                let command = try SlashCommand(line)
                if command == .quit { break }
                if let command { try await perform(command, surface) } else { try await ask(line, surface) }
            } catch let fault as Fault where fault.code != .outputFailed {
                firstFault = firstFault ?? fault
                surface.say("utter: \(fault.message)\n")
            }
        }
        await output.close()
    }

    private mutating func perform(_ command: SlashCommand, _ surface: some ChatSurface) async throws {
        switch command {
        case .voice(let name):
            if let name { try await use(voice: name) }
            surface.say("voice: \(settings.voiceParameters.voice)\n")
        case .rate(let rate):
            if let rate { try await use(rate: rate) }
            surface.say("rate: \(settings.speech.rate) words per minute\n")
        case .model(let name):
            if let name { settings.model.name = name }
            surface.say("model: \(settings.model.name ?? "one that is installed")\n")
        case .persona(let name):
            if let name { try await use(persona: name) }
            surface.say("persona: \(settings.model.persona), of: \(personaNames)\n")
        case .again: try await speakAgain(surface)
        case .save(let path): try save(to: path, surface)
        case .help: surface.say(SlashCommand.summary)
        case .quit: break
        }
    }

    private mutating func ask(_ prompt: String, _ surface: some ChatSurface) async throws {
        let question = try Question(
            prompt: prompt, history: conversation.messages, settings: settings, options: options, variables: variables)
        let record = try await speak(question.source, from: question.modelName, surface)
        let exchange = record.exchange(about: prompt)
        if let exchange { remember(exchange, replacing: nil) }
        if !record.answer.isEmpty { last = (prompt, record.answer, exchange) }
    }

    /// Speaks the last answer from its beginning; what is heard of it this time counts.
    private mutating func speakAgain(_ surface: some ChatSurface) async throws {
        guard let (question, answer, before) = last else {
            throw Fault(.usage, "There is no answer yet that could be heard again; ask something first.")
        }
        let source: Answer.Source = { deliver in
            try await deliver(.text(answer))
            return nil
        }
        let record = try await speak(source, from: "the voice", surface)
        guard let exchange = record.exchange(about: question) else { return }
        if let before, exchange.isInterrupted, exchange.answer.utf8.count <= before.answer.utf8.count { return }
        remember(exchange, replacing: before)
        last = (question, answer, exchange)
    }

    private mutating func remember(_ exchange: Conversation.Exchange, replacing old: Conversation.Exchange?) {
        conversation.add(exchange, replacing: old)
        transcript.add(exchange, replacing: old)
    }

    private mutating func speak(
        _ source: @escaping Answer.Source, from awaited: String, _ surface: some ChatSurface
    ) async throws -> AnswerRecord {
        let presenter = surface.presenter(awaiting: awaited, status: status)
        let run = ChatAnswer(stop: stop, status: status, saidBefore: notices)
        let record = try await run.run(shownBy: presenter) { handler in
            Answer(
                id: AnswerID.make(), source: source, synthesizer: synthesizer, output: output,
                fallback: destination.fallback, parameters: settings.answerParameters, handler: handler)
        }
        notices.formUnion(record.notices)
        firstFault = firstFault ?? record.fault
        return record
    }

    private mutating func use(voice name: String) async throws {
        try await change { $0.use(voice: name) }
    }

    private mutating func use(rate: Int) async throws {
        let range = VoiceParameters.rates
        guard range.contains(rate) else {
            throw Fault(.usage, "A rate is \(range.lowerBound) to \(range.upperBound) words per minute.")
        }
        try await change { $0.speech.rate = rate }
    }

    private mutating func use(persona name: String) async throws {
        try await change { try $0.use(persona: name) }
    }

    /// Changes the settings, if questions can be asked with them, and the voice can be had that they name.
    private mutating func change(_ body: (inout Settings) throws -> Void) async throws {
        var changed = settings
        try body(&changed)
        _ = try Question(prompt: "", settings: changed, options: options, variables: variables)
        try await synthesizer.update(changed.voiceParameters)
        settings = changed
    }

    private var personaNames: String {
        settings.personas.keys.sorted().joined(separator: ", ")
    }

    private mutating func save(to path: String, _ surface: some ChatSurface) throws {
        guard !transcript.exchanges.isEmpty else {
            throw Fault(.usage, "There is nothing to save yet; ask something first.")
        }
        try SavedConversation.write(transcript.exchanges, to: path, replaces: saved.contains(path))
        saved.insert(path)
        surface.say("saved: \(path)\n")
    }
}
