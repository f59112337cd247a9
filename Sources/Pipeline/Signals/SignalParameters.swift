// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// What the listener is told besides the answer.
package struct SignalParameters: Sendable {
    /// Whether short sounds signal that the model thinks and that something failed.
    package var earcons: Bool
    /// After this long in silence, a sentence says that the answer is still being generated; again after twice that time,
    /// and so on. `nil`: never.
    package var stillThinking: Duration?
    /// Whether the listener hears a short sentence when something fails.
    package var speaksFaults: Bool
    /// Limits how often faults are spoken, over all answers; `nil`: always.
    package var faultLimit: SpokenFaultLimit?
    /// The question, for the language of signals that come before there is text. `nil`: a text is read, and there is no
    /// thinking to announce.
    package var question: String?
    /// The signal that sounds first.
    package var opening: AudibleSignal?

    package init(
        earcons: Bool = false, stillThinking: Duration? = nil, speaksFaults: Bool = true,
        faultLimit: SpokenFaultLimit? = nil, question: String? = nil, opening: AudibleSignal? = nil
    ) {
        self.earcons = earcons
        self.stillThinking = stillThinking
        self.speaksFaults = speaksFaults
        self.faultLimit = faultLimit
        self.question = question
        self.opening = opening
    }
}
