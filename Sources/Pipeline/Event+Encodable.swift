// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

extension Event: Encodable {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(kind.name.rawValue, forKey: .event)
        try container.encode(answer, forKey: .answer)
        try container.encode(sequence, forKey: .seq)
        try container.encode(rounded(milliseconds), forKey: .ms)
        switch kind {
        case .accepted, .thinking, .firstText, .discard, .underrun, .paused, .resumed: break
        case .text(let text):
            try container.encode(text, forKey: .text)
        case .piece(let index, let text, let spoken, let voice, let start, let end):
            try container.encode(index, forKey: .index)
            try container.encode(text, forKey: .text)
            try container.encode(spoken, forKey: .spoken)
            try container.encode(voice, forKey: .voice)
            try container.encode(start, forKey: .start)
            try container.encode(end, forKey: .end)
        case .synthesized(let index, let duration):
            try container.encode(index, forKey: .index)
            try container.encode(rounded(duration.inMilliseconds), forKey: .durationMilliseconds)
        case .soundStart(let index), .heard(let index):
            try container.encode(index, forKey: .index)
        case .word(let index, let start, let end):
            try container.encode(index, forKey: .index)
            try container.encode(start, forKey: .start)
            try container.encode(end, forKey: .end)
        case .signal(let signal, let spoken):
            try container.encode(signal, forKey: .signal)
            try container.encode(spoken, forKey: .spoken)
        case .signalEnd(let signal):
            try container.encode(signal, forKey: .signal)
        case .notice(let notice):
            try container.encode(notice.code, forKey: .code)
            try container.encode(notice.message, forKey: .message)
        case .finished(let summary), .stopped(let summary):
            try summary.encode(to: encoder)
        case .failed(let fault, let summary):
            try container.encode(fault.code, forKey: .code)
            try container.encode(fault.message, forKey: .message)
            try summary.encode(to: encoder)
        }
    }

}

extension Event.Summary: Encodable {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Event.Key.self)
        try container.encode(heardEnd, forKey: .heardEnd)
        try container.encode(isSilent, forKey: .isSilent)
        try container.encode(pieces, forKey: .pieces)
        try container.encode(textBytes, forKey: .textBytes)
        try container.encode(underruns, forKey: .underruns)
        try container.encode(starvations, forKey: .starvations)
        try container.encodeIfPresent(firstText.map(milliseconds), forKey: .firstTextMilliseconds)
        try container.encodeIfPresent(firstSound.map(milliseconds), forKey: .firstSoundMilliseconds)
        try container.encode(milliseconds(sound), forKey: .soundMilliseconds)
        try container.encode(milliseconds(total), forKey: .totalMilliseconds)
        try container.encodeIfPresent(outputTokens, forKey: .outputTokens)
        try container.encodeIfPresent(tokensPerSecond.map(rounded), forKey: .tokensPerSecond)
    }

    private func milliseconds(_ duration: Duration) -> Double {
        rounded(duration.inMilliseconds)
    }
}

/// To a tenth: finer would pretend to more than the clocks of sound know.
private func rounded(_ value: Double) -> Double {
    (value * 10).rounded() / 10
}

extension Event.Summary {
    /// How fast the server generated, by its own figures.
    package var tokensPerSecond: Double? {
        guard let outputTokens, let generation, generation > .zero else { return nil }
        return Double(outputTokens) / generation.inSeconds
    }
}
