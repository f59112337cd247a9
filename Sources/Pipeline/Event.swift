// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// Something that happened to an answer. The command line, the page, the history, the metrics and the log all use
/// events.
///
/// Encoded flat, in snake_case: `{"event":"piece","answer":"…","seq":3,"ms":412.5,"index":0,…}`.
package struct Event: Sendable, Equatable {
    /// The answer that it belongs to.
    package var answer: String
    /// Its index among the answer's events, from 0.
    package var sequence: Int
    /// When it happened, in ms since the request, on the monotonic clock. Events about sound are stamped with the time
    /// at which the sound became audible, so they may be slightly earlier than the event before.
    package var milliseconds: Double
    package var kind: Kind

    package init(answer: String, sequence: Int, milliseconds: Double, kind: Kind) {
        self.answer = answer
        self.sequence = sequence
        self.milliseconds = milliseconds
        self.kind = kind
    }

    package enum Kind: Sendable, Equatable {
        /// The request was accepted.
        case accepted
        /// The model is reasoning, which is not spoken. Once for each stretch of reasoning.
        case thinking
        /// The first of the answer's text has arrived.
        case firstText
        /// Some of the answer's text, as the model wrote it.
        case text(String)
        /// A piece was cut from the text.
        case piece(Piece)
        /// A piece was synthesized. Like the next two events, it comes again if the piece was cut off before it was
        /// heard.
        case synthesized(Synthesis)
        /// The first sample of a piece became audible.
        case soundStart(index: Int)
        /// The listener began to hear a word of a piece.
        case word(Word)
        /// The last sample of a piece has been audible.
        case heard(index: Int)
        /// The listener hears a signal, which is not part of the answer.
        case signal(Signal)
        /// The signal has been heard.
        case signalEnd(AudibleSignal)
        /// All text so far turned out to be reasoning: the part that is not spoken yet is dropped.
        case discard
        /// The device ran dry although sound was ready.
        case underrun
        /// The answer is not heard until it is resumed.
        case paused
        case resumed
        case notice(Notice)
        case finished(Summary)
        case stopped(Summary)
        case failed(Fault, Summary)

        package struct Piece: Sendable, Equatable, Codable {
            package let index: Int
            package let text: String
            package let spoken: String
            package let voice: String
            /// UTF-8 offsets in the answer's text.
            package let start: Int
            package let end: Int
        }

        package struct Synthesis: Sendable, Equatable, Codable {
            package let index: Int
            package let duration: Duration
            /// Whether the beginnings of the piece's words were estimated; `nil` if the voice reported them.
            package let estimatesWords: Bool?

            private enum CodingKeys: String, CodingKey {
                case index
                case duration = "duration_ms"
                case estimatesWords = "words_estimated"
            }
        }

        package struct Word: Sendable, Equatable, Codable {
            package let index: Int
            /// UTF-8 offsets in the answer's text.
            package let start: Int
            package let end: Int
        }

        package struct Signal: Sendable, Equatable, Codable {
            package let signal: AudibleSignal
            /// Empty for an earcon.
            package let spoken: String
        }

        package static func piece(
            index: Int, text: String, spoken: String, voice: String, start: Int, end: Int
        ) -> Self {
            .piece(Piece(index: index, text: text, spoken: spoken, voice: voice, start: start, end: end))
        }

        package static func synthesized(index: Int, duration: Duration, estimatesWords: Bool = false) -> Self {
            .synthesized(
                Synthesis(index: index, duration: duration, estimatesWords: estimatesWords ? true : nil))
        }

        package static func word(index: Int, start: Int, end: Int) -> Self {
            .word(Word(index: index, start: start, end: end))
        }

        package static func signal(_ signal: AudibleSignal, spoken: String) -> Self {
            .signal(Signal(signal: signal, spoken: spoken))
        }
    }

    /// An answer's statistics, in its last event.
    package struct Summary: Sendable, Equatable, Codable {
        /// UTF-8 offset in the answer's text up to which it was heard.
        package var heardEnd = 0
        /// Whether the answer was only meant to be read.
        package var isSilent = false
        /// Pieces that were spoken.
        package var pieces = 0
        /// UTF-8 bytes of the answer's text.
        package var textBytes = 0
        /// Times the device ran dry although sound was ready.
        package var underruns = 0
        /// Times the device ran dry because there was no text yet.
        package var starvations = 0
        /// From the request to the first text of the answer.
        package var firstText: Duration?
        /// From the request to the first audible sample.
        package var firstSound: Duration?
        /// The duration of all pieces' sound, without pauses.
        package var sound: Duration = .zero
        /// From the request to the end.
        package var total: Duration = .zero
        /// Tokens and tokens per second, as the server reports them.
        package var outputTokens: Int?
        package var tokensPerSecond: Double?

        package init() {}

        private enum CodingKeys: String, CodingKey {
            case heardEnd = "heard_end"
            case isSilent = "silent"
            case pieces
            case textBytes = "text_bytes"
            case underruns, starvations
            case firstText = "first_text_ms"
            case firstSound = "first_sound_ms"
            case sound = "sound_ms"
            case total = "total_ms"
            case outputTokens = "output_tokens"
            case tokensPerSecond = "tokens_per_second"
        }

        /// Records the statistics that the server reports.
        package mutating func add(tokens: Int?, generation: Duration?) {
            outputTokens = tokens
            guard let tokens, let generation, generation > .zero else { return }
            tokensPerSecond = (Double(tokens) / generation.inSeconds * 10).rounded() / 10
        }
    }

    /// Whether this is the event that ends the answer.
    package var isLast: Bool { summary != nil }

    /// The answer's statistics, if this is its last event.
    package var summary: Summary? {
        switch kind {
        case .finished(let summary), .stopped(let summary), .failed(_, let summary): summary
        default: nil
        }
    }
}
