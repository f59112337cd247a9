// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

extension Event: Decodable {
    /// Reads what ``encode(to:)`` wrote; times are as exact as they were written, to a tenth of a millisecond.
    ///
    /// - Throws: `DecodingError` for a kind of event that is not known, and for what is missing or no such value.
    package init(from decoder: any Decoder) throws {
        let fields = Fields(container: try decoder.container(keyedBy: Key.self))
        self.init(
            answer: try fields(.answer), sequence: try fields(.seq), milliseconds: try fields(.ms),
            kind: try Kind(fields))
    }
}

/// Saves every line below from saying its type.
private struct Fields {
    let container: KeyedDecodingContainer<Event.Key>

    func callAsFunction<Value: Decodable>(_ key: Event.Key) throws -> Value {
        try container.decode(Value.self, forKey: key)
    }

    func optional<Value: Decodable>(_ key: Event.Key) throws -> Value? {
        try container.decodeIfPresent(Value.self, forKey: key)
    }

    func duration(_ key: Event.Key) throws -> Duration {
        let milliseconds: Double = try self(key)
        guard milliseconds.magnitude < 1e15 else { throw mistake(key, "\(milliseconds) ms is no time.") }
        // In whole tenths, as it was written: a fraction of a second would not be the same again.
        return .microseconds(Int64((milliseconds * 10).rounded()) * 100)
    }

    func optionalDuration(_ key: Event.Key) throws -> Duration? {
        container.contains(key) ? try duration(key) : nil
    }

    func mistake(_ key: Event.Key, _ description: String) -> DecodingError {
        .dataCorruptedError(forKey: key, in: container, debugDescription: description)
    }
}

extension Event.Kind {
    fileprivate init(_ fields: Fields) throws {
        let name: String = try fields(.event)
        self =
            switch Event.Name(rawValue: name) {
            case nil: throw fields.mistake(.event, "There is no event “\(name.printable)”.")
            case .accepted: .accepted
            case .thinking: .thinking
            case .firstText: .firstText
            case .text: .text(try fields(.text))
            case .piece:
                .piece(
                    index: try fields(.index), text: try fields(.text), spoken: try fields(.spoken),
                    voice: try fields(.voice), start: try fields(.start), end: try fields(.end))
            case .synthesized:
                .synthesized(index: try fields(.index), duration: try fields.duration(.durationMilliseconds))
            case .soundStart: .soundStart(index: try fields(.index))
            case .word: .word(index: try fields(.index), start: try fields(.start), end: try fields(.end))
            case .heard: .heard(index: try fields(.index))
            case .signal: .signal(try fields(.signal), spoken: try fields(.spoken))
            case .signalEnd: .signalEnd(try fields(.signal))
            case .discard: .discard
            case .underrun: .underrun
            case .paused: .paused
            case .resumed: .resumed
            case .notice: .notice(Notice(try fields(.code), try fields(.message)))
            case .finished: .finished(try Event.Summary(fields))
            case .stopped: .stopped(try Event.Summary(fields))
            case .failed: .failed(Fault(try fields(.code), try fields(.message)), try Event.Summary(fields))
            }
    }
}

extension Event.Summary {
    fileprivate init(_ fields: Fields) throws {
        self.init()
        heardEnd = try fields(.heardEnd)
        isSilent = try fields(.isSilent)
        pieces = try fields(.pieces)
        textBytes = try fields(.textBytes)
        underruns = try fields(.underruns)
        starvations = try fields(.starvations)
        firstText = try fields.optionalDuration(.firstTextMilliseconds)
        firstSound = try fields.optionalDuration(.firstSoundMilliseconds)
        sound = try fields.duration(.soundMilliseconds)
        total = try fields.duration(.totalMilliseconds)
        outputTokens = try fields.optional(.outputTokens)
        if let outputTokens, let pace: Double = try fields.optional(.tokensPerSecond), pace > 0 {
            let seconds = Double(outputTokens) / pace
            guard seconds.magnitude < 1e9 else {
                throw fields.mistake(.tokensPerSecond, "\(pace) tokens a second is no pace.")
            }
            generation = .seconds(seconds)
        }
    }
}
