// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline

/// What answers in a chat: this process or the daemon.
protocol ChatBackend: Sendable {
    /// The values in effect, for people.
    var voice: String { get async throws }
    var rate: String { get async throws }
    var model: String { get async throws }
    var persona: String { get }
    var volume: String { get async throws }

    /// The models that can be named.
    var models: [String] { get async throws }

    /// The values that commands can be completed with.
    var choices: SlashCommand.Choices { get async }

    /// Changes apply from the next answer on.
    ///
    /// - Throws: `Fault(.usage)` or `Fault(.voiceUnknown)` for a value that can't be used.
    mutating func use(voice: String) async throws
    mutating func use(rate: Int) async throws
    mutating func use(model: String) async throws
    mutating func use(persona: String) async throws
    mutating func use(volume: Int) async throws

    /// Starts over: the model is not told any more what was said before.
    mutating func beginConversation() async throws

    /// Returns the answer to a question, and what the status line says it is waiting for: a model's name.
    ///
    /// - Throws: `Fault(.usage)` for an invalid question.
    func answer(to prompt: String) throws -> (answer: any SpokenAnswer, awaited: String)

    /// Returns an answer that speaks `answer` again from its beginning.
    func repetition(of answer: String) -> any SpokenAnswer

    /// Records an exchange, or that `old` took place again.
    mutating func remember(_ exchange: Conversation.Exchange, replacing old: Conversation.Exchange?)

    /// Ends the chat.
    func leave() async
}
