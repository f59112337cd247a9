// SPDX-License-Identifier: GPL-3.0-or-later
package import Settings
package import Speech
import VoiceServers

/// Starts the speech engine.
package enum SpeechEngines {
    /// Starts the engine for the settings: the configured voice servers, and eSpeak NG.
    ///
    /// - Throws: `Fault(.speechFailed)`; `Fault(.voiceUnknown)`; `Fault(.usage)` for a voice server's address.
    package static func start(_ settings: Settings, environment: [String: String]) async throws -> any SpeechEngine {
        try await start(settings, environment: environment) { try await ESpeakEngine.start($0) }
    }

    /// The same with eSpeak NG in its own process, so that a text that crashes it harms nothing else.
    ///
    /// - Parameter restarted: called with what ended a process, whenever a new one replaces it.
    /// - Throws: the same as ``start(_:environment:)``.
    package static func startProcess(
        _ settings: Settings, environment: [String: String], restarted: @escaping @Sendable (String) -> Void
    ) async throws -> any SpeechEngine {
        try await start(settings, environment: environment) {
            try await ESpeakEngine.startProcess(["/proc/self/exe", processCommand], $0, restarted: restarted)
        }
    }

    /// - Parameter eSpeak: starts eSpeak NG and loads the voice right away, so that the first sentence doesn't have to
    ///   wait.
    private static func start(
        _ settings: Settings, environment: [String: String],
        _ eSpeak: (VoiceParameters) async throws -> any SpeechEngine
    ) async throws -> any SpeechEngine {
        var parameters = settings.voiceParameters
        let servers = try settings.voiceServers(environment: environment)
        guard !servers.isEmpty else { return try await eSpeak(parameters) }
        // The voice may be a voice server's.
        parameters.voice = "auto"
        let engine = VoiceServerEngine(base: try await eSpeak(parameters), servers: servers)
        try engine.check(settings.voiceParameters)
        return engine
    }

    /// The argument that makes this program run as that process.
    package static let processCommand = "speech-process"
}
