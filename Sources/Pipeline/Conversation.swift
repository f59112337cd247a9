// SPDX-License-Identifier: GPL-3.0-or-later
package import LanguageModel

/// The conversation so far, as the model is told about it: only what was heard, within limits.
package struct Conversation: Sendable, Equatable {
    /// A question and its answer.
    package struct Exchange: Sendable, Equatable, Codable {
        package var question: String
        /// The answer as far as it was heard; never only whitespace.
        package var answer: String
        /// What followed and was not heard. It is shown to people, but the model is not told about it. `nil` if there
        /// is none.
        package var unheard: String?
        /// Whether the answer would have continued.
        package var isInterrupted: Bool

        private enum CodingKeys: String, CodingKey {
            case question, answer, unheard
            case isInterrupted = "interrupted"
        }

        /// - Returns: `nil` if nothing of the answer was heard: models treat a question without an answer as part of
        ///   the next one, and some reject it.
        package init?(question: String, answer: String, unheard: String? = nil, isInterrupted: Bool = false) {
            guard answer.contains(where: { !$0.isWhitespace }) else { return nil }
            self.question = question
            self.answer = answer
            self.unheard = unheard
            self.isInterrupted = isInterrupted
        }

        /// Marks an answer that was cut off, so that the model knows that its listener missed the rest.
        private static let interruption = " … [interrupted]"

        fileprivate var messages: [ModelRequest.Message] {
            [.init(.user, question), .init(.assistant, isInterrupted ? answer + Self.interruption : answer)]
        }

        fileprivate var tokens: Int {
            messages.map { Conversation.estimatedTokens($0.content) + Conversation.tokensAroundMessage }.reduce(0, +)
        }

        /// Keeps what was not heard only as far as an answer of that many tokens would go.
        fileprivate mutating func boundUnheard(toTokens limit: Int) {
            guard let rest = unheard else { return }
            let kept = Conversation.prefix(of: answer + rest, tokens: limit).utf8.dropFirst(answer.utf8.count)
            unheard = kept.isEmpty ? nil : String(decoding: kept, as: UTF8.self)
        }

        /// Shortens the answer to fit; `nil` if not even the question and one word do.
        fileprivate func shortened(toTokens limit: Int) -> Exchange? {
            guard tokens > limit else { return self }
            var shortened = self
            shortened.isInterrupted = true
            (shortened.answer, shortened.unheard) = ("", nil)
            let beginning = Conversation.prefix(of: answer, tokens: limit - shortened.tokens)
            return Exchange(question: question, answer: beginning, isInterrupted: true)
        }
    }

    /// The most exchanges.
    private let longest: Int
    /// The most estimated tokens of all messages.
    private let tokenLimit: Int
    /// Oldest first.
    package private(set) var exchanges: [Exchange] = []

    /// - Parameters:
    ///   - exchanges: the most exchanges that are kept, 0 or more.
    ///   - tokens: the most tokens that they may take, as estimated, 0 or more.
    package init(longest exchanges: Int, tokens: Int) {
        longest = exchanges
        tokenLimit = tokens
    }

    /// The most UTF-8 bytes of an answer that can be kept: no script has more than six bytes per token.
    package var longestAnswer: Int {
        longest == 0 ? 0 : min(tokenLimit, .max / 6) * 6
    }

    /// What the model is told before the next question.
    package var messages: [ModelRequest.Message] {
        exchanges.flatMap(\.messages)
    }

    /// Adds an exchange, and drops the oldest ones beyond the limits. If the exchange is too long by itself, its answer
    /// is truncated.
    ///
    /// - Parameter old: replaced if it was the last one, since the same answer was heard again.
    package mutating func add(_ exchange: Exchange, replacing old: Exchange? = nil) {
        if let old, exchanges.last == old { exchanges.removeLast() }
        guard var exchange = exchange.shortened(toTokens: tokenLimit) else { return exchanges = [] }
        exchange.boundUnheard(toTokens: tokenLimit)
        exchanges.append(exchange)
        exchanges.removeFirst(max(0, exchanges.count - longest))
        var tokens = exchanges.map(\.tokens).reduce(0, +)
        while tokens > tokenLimit, let oldest = exchanges.first {
            tokens -= oldest.tokens
            exchanges.removeFirst()
        }
    }

    /// Estimates the tokens of a text: four characters per token in ASCII, two in other alphabets, one in Han, kana and
    /// Hangul. Tokenizers differ by a third either way, but this needs no server.
    package static func estimatedTokens(_ text: String) -> Int {
        (text.unicodeScalars.reduce(0) { $0 + quarterTokens($1) } + 3) / 4
    }

    private static func quarterTokens(_ scalar: Unicode.Scalar) -> Int {
        scalar.isASCII ? 1 : scalar.value < 0x2E80 ? 2 : 4
    }

    /// The longest beginning of `text` that takes at most this many tokens.
    private static func prefix(of text: String, tokens: Int) -> String {
        var rest = min(tokens, .max / 4) * 4
        return String(
            text.prefix { character in
                rest -= character.unicodeScalars.reduce(0) { $0 + quarterTokens($1) }
                return rest >= 0
            })
    }

    /// The tokens that the chat format adds for the role, the beginning and the end of a message.
    private static let tokensAroundMessage = 4
}
