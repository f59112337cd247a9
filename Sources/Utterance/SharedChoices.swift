// SPDX-License-Identifier: GPL-3.0-or-later

/// The protocols that model servers speak.
package enum Provider: String, Sendable, Hashable, CaseIterable {
    /// Ollama's `/api/chat`, the preferred one.
    case ollama
    /// Ollama's `/api/generate`: one prompt, no conversation.
    case ollamaGenerate = "ollama-generate"
    /// `/v1/chat/completions`: llama.cpp, vLLM, LocalAI, OneAPI, cloud services.
    case openAI = "openai"
    /// Anthropic's `/v1/messages`, and gateways that speak it.
    case anthropic
}

/// Whether, or how hard, a model reasons before it answers.
package enum Think: String, Sendable, Hashable, CaseIterable {
    case on = "true"
    case off = "false"
    case low, medium, high, max

    /// The level's name; `nil` if none is meant.
    package var level: String? {
        switch self {
        case .on, .off: nil
        case .low, .medium, .high, .max: rawValue
        }
    }
}

/// What to do with content that is hard to read aloud.
package enum SkippedContent: String, Sendable, CaseIterable {
    /// Say one short note in its place, in the answer's language.
    case note
    /// Leave it out.
    case silent
    /// Read it as it is.
    case read
}

/// Which announcements a chime precedes.
package enum ChimeUse: String, Sendable, Hashable, CaseIterable {
    case off
    case important
    /// All but progress messages.
    case all
}

/// Characters that end a sentence in addition to the built-in ones, and built-in ones that don't.
package struct SentenceEnds: Sendable, Equatable {
    /// Characters that always end a sentence.
    package var added: Set<Unicode.Scalar>
    /// Built-in characters that never do.
    package var removed: Set<Unicode.Scalar>

    package init(added: Set<Unicode.Scalar> = [], removed: Set<Unicode.Scalar> = []) {
        self.added = added
        self.removed = removed
    }
}

/// The ranges of a voice's settings.
package enum VoiceRanges {
    /// Words per minute: eSpeak NG's `espeakRATE_MINIMUM` and `_MAXIMUM`.
    package static let rate = 80...450
    /// Base pitch; 50 is the voice's default.
    package static let pitch = 0...99
    /// Loudness in percent; above 100, sound may be distorted.
    package static let volume = 0...200
}
