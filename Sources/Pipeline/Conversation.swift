// SPDX-License-Identifier: GPL-3.0-or-later
package import LanguageModel

/// What was said so far, as the model is told it: only what was heard, and never more than the bounds.
package struct Conversation: Sendable, Equatable {
    /// A question and its answer.
    package struct Exchange: Sendable, Equatable {
        package var question: String
        /// As far as it was heard; never blank.
        package var answer: String
        /// The answer would have gone on.
        package var isInterrupted: Bool

        /// - Returns: `nil` if nothing of the answer was heard: a model takes a question without an answer for part of
        ///   the next one, and some refuse it.
        package init?(question: String, answer: String, isInterrupted: Bool = false) {
            guard answer.contains(where: { !$0.isWhitespace }) else { return nil }
            self.question = question
            self.answer = answer
            self.isInterrupted = isInterrupted
        }

        /// What the model is told of an answer that was cut, so that it knows what its listener missed.
        private static let interruption = " … [interrupted]"

        fileprivate var messages: [ModelRequest.Message] {
            [.init(.user, question), .init(.assistant, isInterrupted ? answer + Self.interruption : answer)]
        }

        fileprivate var tokens: Int {
            messages.map { Conversation.estimatedTokens($0.content) + Conversation.tokensAroundMessage }.reduce(0, +)
        }

        /// With the answer cut until it fits; `nil` if not even the question and a word do.
        fileprivate func shortened(toTokens limit: Int) -> Exchange? {
            guard tokens > limit else { return self }
            var shortened = self
            shortened.isInterrupted = true
            shortened.answer = ""
            let beginning = Conversation.prefix(of: answer, tokens: limit - shortened.tokens)
            return Exchange(question: question, answer: beginning, isInterrupted: true)
        }
    }

    /// Exchanges at most.
    private let longest: Int
    /// Estimated tokens of all messages, at most.
    private let mostTokens: Int
    /// The oldest first.
    package private(set) var exchanges: [Exchange] = []

    /// - Parameters:
    ///   - exchanges: at most so many are kept, 0 or more.
    ///   - tokens: and at most so many tokens, as far as they can be estimated, 0 or more.
    package init(longest exchanges: Int, tokens: Int) {
        longest = exchanges
        mostTokens = tokens
    }

    /// UTF-8 bytes of an answer beyond which nothing of it can be kept: no script has more than six to a token.
    package var longestAnswer: Int {
        longest == 0 ? 0 : mostTokens.multipliedReportingOverflow(by: 6).overflow ? .max : mostTokens * 6
    }

    /// What a model is told before the next question.
    package var messages: [ModelRequest.Message] {
        exchanges.flatMap(\.messages)
    }

    /// Adds an exchange, and forgets the oldest ones until the bounds are kept. One that is too long by itself loses
    /// the end of its answer.
    ///
    /// - Parameter old: goes, if it was the last: the same answer was heard again.
    package mutating func add(_ exchange: Exchange, replacing old: Exchange? = nil) {
        if let old, exchanges.last == old { exchanges.removeLast() }
        guard let exchange = exchange.shortened(toTokens: mostTokens) else { return exchanges = [] }
        exchanges.append(exchange)
        exchanges.removeFirst(max(0, exchanges.count - longest))
        var tokens = exchanges.map(\.tokens).reduce(0, +)
        while tokens > mostTokens, let oldest = exchanges.first {
            tokens -= oldest.tokens
            exchanges.removeFirst()
        }
    }

    /// About how many tokens a model makes of the text: four ASCII characters to a token, two of other alphabets, one of
    /// Han, kana and Hangul. Tokenizers differ by a third either way; nobody has to be asked for this.
    package static func estimatedTokens(_ text: String) -> Int {
        (text.unicodeScalars.reduce(0) { $0 + quarterTokens($1) } + 3) / 4
    }

    private static func quarterTokens(_ scalar: Unicode.Scalar) -> Int {
        scalar.isASCII ? 1 : scalar.value < 0x2E80 ? 2 : 4
    }

    /// As much of the beginning as makes no more than so many tokens.
    private static func prefix(of text: String, tokens: Int) -> String {
        var rest = tokens * 4
        return String(
            text.prefix { character in
                rest -= character.unicodeScalars.reduce(0) { $0 + quarterTokens($1) }
                return rest >= 0
            })
    }

    /// Who speaks, and where a message begins and ends, in the models' chat formats.
    private static let tokensAroundMessage = 4
}
