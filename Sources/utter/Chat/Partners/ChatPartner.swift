// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline

/// Who answers in a chat: this process, or the daemon.
protocol ChatPartner: Sendable {
    /// What is in force, in words.
    var voice: String { get async throws }
    var rate: String { get async throws }
    var model: String { get async throws }
    var persona: String { get }

    /// Changes count from the next answer on.
    ///
    /// - Throws: `Fault(.usage)`, `Fault(.voiceUnknown)` for what can't be had.
    mutating func use(voice: String) async throws
    mutating func use(rate: Int) async throws
    mutating func use(model: String) async throws
    mutating func use(persona: String) async throws

    /// The answer to a question, and who is waited for: a model's name.
    ///
    /// - Throws: `Fault(.usage)` for what can't be asked.
    func answer(to prompt: String) throws -> (answer: any SpokenAnswer, awaited: String)

    /// What was answered, spoken again from its beginning.
    func repetition(of answer: String) -> any SpokenAnswer

    /// An exchange took place, or `old` one took place again.
    mutating func remember(_ exchange: Conversation.Exchange, replacing old: Conversation.Exchange?)

    /// The chat is over.
    func leave() async
}
