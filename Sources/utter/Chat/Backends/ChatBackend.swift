// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline

/// What answers in a chat: this process, or the daemon.
protocol ChatBackend: Sendable {
    /// The values in force, for people.
    var voice: String { get async throws }
    var rate: String { get async throws }
    var model: String { get async throws }
    var persona: String { get }
    var volume: String { get async throws }

    /// The models that can be named.
    var models: [String] { get async throws }

    /// What commands can be completed with.
    var choices: SlashCommand.Choices { get async }

    /// Changes apply from the next answer on.
    ///
    /// - Throws: `Fault(.usage)`, `Fault(.voiceUnknown)` for a value that can't be used.
    mutating func use(voice: String) async throws
    mutating func use(rate: Int) async throws
    mutating func use(model: String) async throws
    mutating func use(persona: String) async throws
    mutating func use(volume: Int) async throws

    /// What was said before is no longer told to the model.
    mutating func beginConversation() async throws

    /// The answer to a question, and whom the status line waits for: a model's name.
    ///
    /// - Throws: `Fault(.usage)` for an invalid question.
    func answer(to prompt: String) throws -> (answer: any SpokenAnswer, awaited: String)

    /// An answer, spoken again from its beginning.
    func repetition(of answer: String) -> any SpokenAnswer

    /// An exchange took place, or `old` one took place again.
    mutating func remember(_ exchange: Conversation.Exchange, replacing old: Conversation.Exchange?)

    /// The chat is over.
    func leave() async
}
