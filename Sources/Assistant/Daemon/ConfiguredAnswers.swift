// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
package import DaemonService
package import LanguageModel
package import Pipeline
package import Settings
package import Speech
package import Utterance

/// Makes the daemon's answers from the settings as last read.
///
/// As on the command line, the demo answers until a server does, unless a server or a model was named.
package struct ConfiguredAnswers: AnswerFactory {
    package let settings: Settings
    private let servers: ModelServers
    private let engine: any SpeechEngine
    /// The owner's chime; `nil`: the built-in one.
    private let chime: PCMSound?
    /// Why the chime in the settings is not used; `nil` if it is, or none is set.
    package let chimeFault: Fault?

    package var modelServers: [ModelServer] { servers.inOrder.map(\.server) }

    /// - Parameter environment: the process's environment variables: the model server's key, a proxy.
    /// - Throws: `Fault(.usage)` for an invalid server address, `Fault(.voiceUnknown)`.
    package init(_ settings: Settings, engine: any SpeechEngine, environment: [String: String]) throws {
        self.settings = settings
        self.engine = engine
        servers = try settings.modelServers(environment: environment)
        (chime, chimeFault) = Self.chime(of: settings, engine)
        for voice in [settings.speech.voice] + settings.personas.values.map(\.voice) {
            try voice.map { try engine.check(VoiceParameters(voice: $0)) }
        }
    }

    /// A chime that can't be played is replaced by the built-in one.
    private static func chime(of settings: Settings, _ engine: any SpeechEngine) -> (PCMSound?, Fault?) {
        guard let path = settings.announcements.chimeFile else { return (nil, nil) }
        do throws(Fault) {
            // In the voice's format, so that the device doesn't need to be reopened for another one.
            return (try ChimeFile.read(path, as: engine.expectedFormat(settings.voiceParameters)), nil)
        } catch { return (nil, error) }
    }

    package func source(for ask: AskRequest, history: [ModelRequest.Message]) throws -> Answer.Source {
        var settings = try settings(persona: ask.persona)
        settings.model.name = ask.model ?? settings.model.name
        let question = try TemplateVariables(values: ask.variables).fill(settings, prompt: ask.prompt)
        return Question(
            prompt: ask.prompt, messages: history + [.init(.user, question)], settings: settings, options: ask.options,
            servers: servers
        ).source
    }

    package func source(for chat: ChatRequest) throws -> Answer.Source {
        var settings = settings
        settings.model.name = chat.model ?? settings.model.name
        return Question(
            prompt: chat.prompt, messages: chat.messages, settings: settings, options: chat.options,
            servers: servers
        ).source
    }

    package func parameters(
        persona: String?, delivery: Delivery, controls: Controls, question: String?
    ) throws -> AnswerParameters {
        var settings = try settings(persona: persona)
        // The request's values get the same check as the controls.
        var controls = controls
        controls.rate = delivery.rate ?? controls.rate
        controls.voice = delivery.voice ?? controls.voice
        try controls.check()
        if let rate = controls.rate { settings.speech.rate = rate }
        if let volume = controls.volume { settings.speech.volume = volume }
        if let voice = controls.voice {
            try engine.check(VoiceParameters(voice: voice))
            settings.use(voice: voice)
        }
        var parameters = settings.answerParameters(for: question)
        parameters.signals.recordedChime = chime
        return parameters
    }

    package var announcements: AnnouncementRules { settings.announcementRules }

    package var personas: [String] { settings.personas.keys.sorted() }

    package var usualPersona: String { settings.model.persona }

    package var voices: [Voice] { engine.voices }

    package var sessionBounds: Sessions.Bounds {
        Sessions.Bounds(conversation: settings.emptyConversation, idle: settings.conversation.expiry)
    }

    /// What ``preload()`` loaded.
    package struct Preloaded: Sendable, Hashable {
        package var model: String
        /// The address of its server; `nil` for the demo.
        package var address: String?
        /// Why the preferred server doesn't respond; `nil` if it does.
        package var failure: Fault?
    }

    /// The address of the server that is asked first; `nil` for the demo.
    var preferredAddress: String? { servers.candidates.first.map { "\($0.address)" } }

    /// Loads the model of the first server that can be reached, and makes it read the system prompt in the language of
    /// the settings.
    ///
    /// - Throws: the error of asking the preferred server, if none can be reached.
    package func preload() async throws -> Preloaded {
        guard let preferred = servers.candidates.first else { return Preloaded(model: DemoModel.name) }
        do {
            return Preloaded(model: try await greeting.preload(preferred), address: "\(preferred.address)")
        } catch let fault as Fault {
            guard servers.candidates.count > 1 else { throw fault }
            _ = servers.failed.insert(preferred.address)
            for fallback in servers.candidates.dropFirst() {
                guard let model = try await ignoringFaults({ try await greeting.preload(fallback) }) else { continue }
                return Preloaded(model: model, address: "\(fallback.address)", failure: fault)
            }
            throw fault
        }
    }

    /// Checks a preferred server that failed by loading its model. While it still fails, this keeps questions away from
    /// it.
    ///
    /// - Throws: the error of asking it.
    package func preloadPreferred() async throws -> String {
        guard let preferred = servers.candidates.first else { return DemoModel.name }
        do { return try await greeting.preload(preferred) } catch let fault as Fault {
            _ = servers.failed.insert(preferred.address)
            throw fault
        }
    }

    /// Makes the preferred server the first one to be asked again.
    package func returnToPreferred() {
        if let preferred = servers.candidates.first { servers.failed.endRest(of: preferred.address) }
    }

    private var greeting: Question {
        let greeting = settings.language.hasPrefix("zh") ? "你好" : "Hello"
        return Question(
            prompt: greeting, messages: [.init(.user, greeting)], settings: settings, options: [:], servers: servers)
    }

    private func ignoringFaults<Value>(_ body: () async throws -> Value) async throws -> Value? {
        do { return try await body() } catch is Fault { return nil }
    }

    package var demoMayAnswer: Bool { settings.fallsBackToDemo && !servers.wereFound }

    private func settings(persona: String?) throws(Fault) -> Settings {
        var settings = settings
        if let persona { try settings.use(persona: persona) }
        return settings
    }
}
