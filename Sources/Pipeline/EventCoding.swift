// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

extension Event: Codable {
    /// The values of the `event` key.
    package enum Name: String, Sendable, CaseIterable, Codable {
        case accepted, thinking
        case firstText = "first_text"
        case text, piece, synthesized
        case soundStart = "sound_start"
        case word, heard, signal
        case signalEnd = "signal_end"
        case discard, underrun, paused, resumed, notice
        case finished, stopped, failed
    }

    /// The keys that all events have, and those of kinds that carry a single value.
    private enum Key: String, CodingKey {
        case event, answer, seq, ms, text, index, signal
    }

    package func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(kind.name, forKey: .event)
        try fields.encode(answer, forKey: .answer)
        try fields.encode(sequence, forKey: .seq)
        try fields.encode(milliseconds.inTenths, forKey: .ms)
        switch kind {
        case .accepted, .thinking, .firstText, .discard, .underrun, .paused, .resumed: break
        case .text(let text): try fields.encode(text, forKey: .text)
        case .soundStart(let index), .heard(let index): try fields.encode(index, forKey: .index)
        case .signalEnd(let signal): try fields.encode(signal, forKey: .signal)
        case .piece(let piece): try piece.encode(to: encoder)
        case .synthesized(let synthesis): try synthesis.encode(to: encoder)
        case .word(let word): try word.encode(to: encoder)
        case .signal(let signal): try signal.encode(to: encoder)
        case .notice(let notice): try notice.encode(to: encoder)
        case .finished(let summary), .stopped(let summary): try summary.encode(to: encoder)
        case .failed(let fault, let summary):
            try fault.encode(to: encoder)
            try summary.encode(to: encoder)
        }
    }

    /// Reads what ``encode(to:)`` wrote; times have a precision of a tenth of a millisecond.
    ///
    /// - Throws: `DecodingError` for an unknown kind of event, and for missing or invalid values.
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        answer = try fields.decode(String.self, forKey: .answer)
        sequence = try fields.decode(Int.self, forKey: .seq)
        milliseconds = try fields.decode(Double.self, forKey: .ms)
        kind =
            switch try fields.decode(Name.self, forKey: .event) {
            case .accepted: .accepted
            case .thinking: .thinking
            case .firstText: .firstText
            case .text: .text(try fields.decode(String.self, forKey: .text))
            case .piece: .piece(try Kind.Piece(from: decoder))
            case .synthesized: .synthesized(try Kind.Synthesis(from: decoder))
            case .soundStart: .soundStart(index: try fields.decode(Int.self, forKey: .index))
            case .word: .word(try Kind.Word(from: decoder))
            case .heard: .heard(index: try fields.decode(Int.self, forKey: .index))
            case .signal: .signal(try Kind.Signal(from: decoder))
            case .signalEnd: .signalEnd(try fields.decode(AudibleSignal.self, forKey: .signal))
            case .discard: .discard
            case .underrun: .underrun
            case .paused: .paused
            case .resumed: .resumed
            case .notice: .notice(try Notice(from: decoder))
            case .finished: .finished(try Summary(from: decoder))
            case .stopped: .stopped(try Summary(from: decoder))
            case .failed: .failed(try Fault(from: decoder), try Summary(from: decoder))
            }
    }
}

extension Event.Kind {
    /// The kind without its payload.
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

extension Double {
    /// Rounded to a tenth: sound clocks are no more precise.
    fileprivate var inTenths: Double { (self * 10).rounded() / 10 }
}

// The synthesized coding of payloads uses these for durations: milliseconds, to a tenth.

extension KeyedEncodingContainer {
    mutating func encode(_ duration: Duration, forKey key: Key) throws {
        try encode(duration.inMilliseconds.inTenths, forKey: key)
    }

    mutating func encodeIfPresent(_ duration: Duration?, forKey key: Key) throws {
        try encodeIfPresent(duration.map(\.inMilliseconds.inTenths), forKey: key)
    }
}

extension KeyedDecodingContainer {
    func decode(_ type: Duration.Type, forKey key: Key) throws -> Duration {
        let milliseconds = try decode(Double.self, forKey: key)
        guard milliseconds.magnitude < 1e15 else {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: self, debugDescription: "\(milliseconds) ms is out of range.")
        }
        // In whole tenths, as encoded: a fraction of a second would not round-trip.
        return .microseconds(Int64((milliseconds * 10).rounded()) * 100)
    }

    func decodeIfPresent(_ type: Duration.Type, forKey key: Key) throws -> Duration? {
        contains(key) ? try decode(type, forKey: key) : nil
    }
}
