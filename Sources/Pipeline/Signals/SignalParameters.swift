// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// What the listener is told beside the answer.
package struct SignalParameters: Sendable {
    /// Whether short sounds tell that the model thinks and that something failed.
    package var earcons: Bool
    /// After so long without anything to hear a sentence says that the answer is still being made; again after twice that
    /// time, and so on. `nil`: never.
    package var stillThinking: Duration?
    /// Whether the listener hears a short sentence when something fails.
    package var speaksFaults: Bool
    /// Which faults were said lately, over all answers; `nil`: this one's is said.
    package var faultLimit: SpokenFaultLimit?
    /// What is being answered, for the language in which signals are said before there is text. `nil`: nothing, a text is
    /// read, and when no more of it comes nobody thinks.
    package var question: String?
    /// Sounds first.
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
