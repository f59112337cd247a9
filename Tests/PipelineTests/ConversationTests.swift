// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Testing

@testable import Pipeline

@Suite struct ConversationTests {
    private func exchange(_ question: String, _ answer: String, isInterrupted: Bool = false) throws
        -> Conversation.Exchange
    {
        try #require(.init(question: question, answer: answer, isInterrupted: isInterrupted))
    }

    private func conversation(longest: Int = 10, tokens: Int = 1_000, _ pairs: [(String, String)]) throws
        -> Conversation
    {
        var conversation = Conversation(longest: longest, tokens: tokens)
        for pair in pairs { conversation.add(try exchange(pair.0, pair.1)) }
        return conversation
    }

    @Test("The model is told questions and answers in order")
    func messages() throws {
        let conversation = try conversation([("a?", "A."), ("b?", "B.")])
        #expect(conversation.messages.map(\.role) == [.user, .assistant, .user, .assistant])
        #expect(conversation.messages.map(\.content) == ["a?", "A.", "b?", "B."])
    }

    @Test("The model is told that an answer was interrupted")
    func interrupted() throws {
        var conversation = Conversation(longest: 10, tokens: 1_000)
        conversation.add(try exchange("a?", "The sky", isInterrupted: true))
        #expect(conversation.messages.last?.content == "The sky … [interrupted]")
        #expect(conversation.exchanges.last?.answer == "The sky")
    }

    @Test("The rest that was not heard is kept up to the limit", arguments: [20, 1_000, .max])
    func rest(tokens: Int) throws {
        var conversation = Conversation(longest: 10, tokens: tokens)
        let rest = String(repeating: " is blue", count: 10)
        conversation.add(
            try #require(.init(question: "a?", answer: "The sky", unheard: rest, isInterrupted: true)))
        let kept = try #require(conversation.exchanges.last?.unheard)
        #expect(tokens == 20 ? rest.hasPrefix(kept) && kept != rest : kept == rest)
    }

    @Test("An answer of which nothing was heard is not an exchange", arguments: ["", " \n"])
    func unheard(answer: String) {
        #expect(Conversation.Exchange(question: "a?", answer: answer) == nil)
    }

    @Test("The oldest exchange is dropped if there are too many")
    func turns() throws {
        let conversation = try conversation(longest: 2, [("a?", "A."), ("b?", "B."), ("c?", "C.")])
        #expect(conversation.exchanges.map(\.question) == ["b?", "c?"])
    }

    @Test("The oldest exchanges are dropped until the rest fits the tokens")
    func tokens() throws {
        let long = String(repeating: "word", count: 20)
        let conversation = try conversation(tokens: 70, [("a?", long), ("b?", long), ("c?", long)])
        #expect(conversation.exchanges.map(\.question) == ["b?", "c?"])
    }

    @Test("An exchange that is too long by itself keeps the beginning of its answer")
    func tooLong() throws {
        let conversation = try conversation(tokens: 60, [("a?", "A."), ("b?", String(repeating: "字", count: 100))])
        let kept = try #require(conversation.exchanges.first)
        #expect(conversation.exchanges.count == 1)
        #expect(kept.question == "b?")
        #expect(kept.isInterrupted)
        #expect((30..<60).contains(kept.answer.count))
        #expect(conversation.messages.map { Conversation.estimatedTokens($0.content) }.reduce(0, +) <= 60)
    }

    @Test(
        "A question that is too long by itself is dropped, and so is everything before it, which would be out of context"
    )
    func hopeless() throws {
        let conversation = try conversation(tokens: 20, [("a?", "A."), (String(repeating: "long ", count: 50), "B.")])
        #expect(conversation.messages.isEmpty)
    }

    @Test("An answer of which only whitespace would fit is dropped", arguments: ["\n\n\n\n字字字字字字字字字字", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦"])
    func nothingFits(answer: String) throws {
        let bounds = 0...40
        for tokens in bounds {
            let conversation = try conversation(tokens: tokens, [("a?", answer)])
            #expect(conversation.exchanges.allSatisfy { $0.answer.contains { !$0.isWhitespace } }, "\(tokens) tokens")
        }
    }

    @Test("Without room, nothing is kept", arguments: [(0, 1_000), (10, 0)])
    func noRoom(longest: Int, tokens: Int) throws {
        #expect(try conversation(longest: longest, tokens: tokens, [("a?", "A.")]).messages.isEmpty)
    }

    @Test("An answer that is heard again replaces what was heard of it before")
    func again() throws {
        let before = try exchange("a?", "The sky", isInterrupted: true)
        let after = try exchange("a?", "The sky is blue.")
        var conversation = Conversation(longest: 10, tokens: 1_000)
        conversation.add(before)
        conversation.add(after, replacing: before)
        #expect(conversation.exchanges == [after])
    }

    @Test(
        "Tokens are estimated by alphabet",
        arguments: [("", 0), ("word", 1), ("words", 2), ("天空是蓝色的", 6), ("небо", 2), ("héllo wörld", 4)])
    func estimate(text: String, tokens: Int) {
        #expect(Conversation.estimatedTokens(text) == tokens)
    }
}
