// SPDX-License-Identifier: GPL-3.0-or-later

/// What is going on when something fails.
package enum Situation: String, CaseIterable, Sendable {
    /// Nothing is asked or said. The device is kept open since the last answer.
    case idle
    /// The question was sent, and no word has come yet.
    case thinking
    /// The first sentence sounds, and the model is still generating.
    case speaking
    /// The same, but the listener has paused.
    case paused
    /// The model has finished, and the last sentence sounds.
    case draining
}

/// An answer in three sentences that comes as far as a test allows.
package struct StagedAnswer: Sendable {
    package static let sentences = ["One two three four.", "Five six seven eight.", "Nine ten eleven twelve."]
    /// What comes first.
    package static let beginning = "One two three four. Five six"
    /// What follows.
    package static let rest = " seven eight. Nine ten eleven twelve."

    /// Opened when it is asked for.
    package let isAsked = Gate()
    /// Opened by the test: the beginning may come, and the rest.
    package let mayBegin = Gate()
    package let mayEnd = Gate()
    /// Opened when all of it was sent.
    package let isSent = Gate()

    package init() {}

    package func letComplete() {
        mayBegin.open()
        mayEnd.open()
    }
}
