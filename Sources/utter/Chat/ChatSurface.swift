// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline

/// Where lines are entered and answers are shown.
protocol ChatSurface: Sendable {
    /// The next line that is not blank; `nil` ends the chat.
    mutating func nextLine() async throws -> String?

    /// Where what is awaited is shown.
    var status: StatusLine { get }

    /// Shows the next answer.
    ///
    /// - Parameter awaited: whom the status line waits for: a model's name.
    func presenter(awaiting awaited: String, status: StatusLine) throws -> any AnswerPresenting

    /// Shows a message that is not an answer.
    func say(_ text: String)
}
