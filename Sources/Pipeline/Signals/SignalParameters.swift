// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// What the listener is told in addition to the answer.
package struct SignalParameters: Sendable {
    /// Whether short sounds signal that the model is thinking and that something failed.
    package var earcons: Bool
    /// After this much silence, a sentence says that the answer is still being generated; again after twice that time,
    /// and so on. `nil`: never.
    package var stillThinking: Duration?
    /// Whether the listener hears a short sentence when something fails.
    package var speaksFaults: Bool
    /// Limits how often faults are spoken, across all answers; `nil`: no limit.
    package var faultLimit: SpokenFaultLimit?
    /// The question, which decides the language of signals before there is text. `nil` if a text is read: then there is
    /// no thinking to announce.
    package var question: String?
    /// The signal that comes first.
    package var opening: AudibleSignal?
    /// The signal that sounds before the text, once there is some.
    package var chime: AudibleSignal?
    /// Replaces the earcon of an announcement.
    package var recordedChime: PCMSound?

    package init(
        earcons: Bool = false, stillThinking: Duration? = nil, speaksFaults: Bool = true,
        faultLimit: SpokenFaultLimit? = nil, question: String? = nil, opening: AudibleSignal? = nil,
        chime: AudibleSignal? = nil, recordedChime: PCMSound? = nil
    ) {
        self.earcons = earcons
        self.stillThinking = stillThinking
        self.speaksFaults = speaksFaults
        self.faultLimit = faultLimit
        self.question = question
        self.opening = opening
        self.chime = chime
        self.recordedChime = recordedChime
    }
}
