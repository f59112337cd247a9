// SPDX-License-Identifier: GPL-3.0-or-later

extension Event {
    /// The keys of an event's JSON.
    enum Key: String, CodingKey {
        case event, answer, seq, ms
        case text, index, spoken, signal, voice, start, end, code, message
        case durationMilliseconds = "duration_ms"
        case heardEnd = "heard_end"
        case isSilent = "silent"
        case pieces, underruns, starvations
        case textBytes = "text_bytes"
        case firstTextMilliseconds = "first_text_ms"
        case firstSoundMilliseconds = "first_sound_ms"
        case soundMilliseconds = "sound_ms"
        case totalMilliseconds = "total_ms"
        case outputTokens = "output_tokens"
        case tokensPerSecond = "tokens_per_second"
    }

    /// The values of the key `event`.
    package enum Name: String, Sendable, CaseIterable {
        case accepted, thinking
        case firstText = "first_text"
        case text, piece, synthesized
        case soundStart = "sound_start"
        case word, heard, signal
        case signalEnd = "signal_end"
        case discard, underrun, paused, resumed, notice
        case finished, stopped, failed
    }
}

extension Event.Kind {
    /// The kind alone, without what it carries.
    package var name: Event.Name {
        switch self {
        case .accepted: .accepted
        case .thinking: .thinking
        case .firstText: .firstText
        case .text: .text
        case .piece: .piece
        case .synthesized: .synthesized
        case .soundStart: .soundStart
        case .word: .word
        case .heard: .heard
        case .signal: .signal
        case .signalEnd: .signalEnd
        case .discard: .discard
        case .underrun: .underrun
        case .paused: .paused
        case .resumed: .resumed
        case .notice: .notice
        case .finished: .finished
        case .stopped: .stopped
        case .failed: .failed
        }
    }
}
