// SPDX-License-Identifier: GPL-3.0-or-later
import Speech

/// Which engine speaks.
enum SpeechEngines {
    /// Starts the engine.
    ///
    /// - Parameter parameters: their voice is loaded, so that the first sentence need not wait for it.
    /// - Throws: `Fault(.speechFailed)`, `Fault(.voiceUnknown)`.
    static func start(_ parameters: VoiceParameters = VoiceParameters()) async throws -> any SpeechEngine {
        try await ESpeakEngine.start(parameters)
    }
}
