// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline

/// Where lines are entered and answers are shown.
protocol ChatSurface: Sendable {
    /// Waits for the next line that isn't blank; `nil` ends the chat.
    mutating func nextLine() async throws -> String?

    /// Shows what is being waited for.
    var status: StatusLine { get }

    /// Returns a presenter for the next answer.
    ///
    /// - Parameter awaited: what the status line says it is waiting for: a model's name.
    func presenter(awaiting awaited: String, status: StatusLine) throws -> any AnswerPresenting

    /// Shows a message that is not an answer.
    func say(_ text: String)
}
