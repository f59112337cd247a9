// SPDX-License-Identifier: GPL-3.0-or-later
package import Channels

/// A request that was taken.
package struct Admission: Sendable {
    /// The answer's name.
    package let answer: String
    /// `nil` for what is only said.
    package let session: String?
    /// Events of this answer come after this place.
    package let position: EventHub.Position
    /// Comes when the answer has ended.
    package let result: Promise<AnswerResult>
}
