// SPDX-License-Identifier: GPL-3.0-or-later
package import Speech

/// Which engine speaks.
package enum SpeechEngines {
    /// Starts the engine.
    ///
    /// - Parameter parameters: their voice is loaded right away, so that the first sentence need not wait for it.
    /// - Throws: `Fault(.speechFailed)`, `Fault(.voiceUnknown)`.
    package static func start(_ parameters: VoiceParameters = VoiceParameters()) async throws -> any SpeechEngine {
        try await ESpeakEngine.start(parameters)
    }

    /// Starts the engine in a process of its own, so that a text that crashes it costs no more than itself.
    ///
    /// - Parameter restarted: called with what ended a process whenever another one takes its place.
    /// - Throws: as ``start(_:)``.
    package static func startProcess(
        _ parameters: VoiceParameters, restarted: @escaping @Sendable (String) -> Void
    ) async throws -> any SpeechEngine {
        try await ESpeakEngine.startProcess(["/proc/self/exe", processCommand], parameters, restarted: restarted)
    }

    /// The argument that makes this program that process.
    package static let processCommand = "speech-process"
}
