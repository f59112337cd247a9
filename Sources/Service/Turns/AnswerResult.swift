// SPDX-License-Identifier: GPL-3.0-or-later
package import Pipeline

/// What came of a request.
package struct AnswerResult: Sendable {
    package let ending: Answer.Ending
    /// All of the answer's text, whether it was heard or not.
    package let text: String
    package let summary: Event.Summary
}
