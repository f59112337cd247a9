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
}
