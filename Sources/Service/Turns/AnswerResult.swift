// SPDX-License-Identifier: GPL-3.0-or-later
package import Pipeline

/// What came of a request.
package struct AnswerResult: Sendable {
    package let ending: Answer.Ending
    /// The answer's text, whether it was heard or not: all of it if the request ``Delivery/wantsText``.
    package let text: String
    package let summary: Event.Summary
}
