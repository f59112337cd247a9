// SPDX-License-Identifier: GPL-3.0-or-later
package import Sentences
package import Speech
package import Utterance

/// How an answer is cut and paced.
package struct AnswerParameters: Sendable {
    package var text: TextOptions
    /// The voice; also used to estimate how long text will sound.
    package var voice: VoiceParameters
    package var pauses: Pauses
    /// A piece is only synthesized when at most this much sound is ahead of the listener.
    package var soundAhead: Duration
    /// A spoken answer ends after this much sound; pieces that were already cut are still heard.
    package var longestAnswer: Duration
    /// Whether the answer fails as soon as its sound does. True if nobody waits for the rest of its text: neither its
    /// client, who sent the text or reads the events, nor another program that it is relayed to.
    package var endsWithSound = false
    package var signals: SignalParameters

    package init(
        text: TextOptions, voice: VoiceParameters, pauses: Pauses = Pauses(), soundAhead: Duration = .seconds(2),
        longestAnswer: Duration = .seconds(15 * 60), signals: SignalParameters = SignalParameters()
    ) {
        self.text = text
        self.voice = voice
        self.pauses = pauses
        self.soundAhead = soundAhead
        self.longestAnswer = longestAnswer
        self.signals = signals
    }

    /// The shortest silence between two pieces, by how the first of them ends.
    package struct Pauses: Sendable {
        package var clause: Duration
        package var sentence: Duration
        package var paragraph: Duration

        package init(
            clause: Duration = .milliseconds(100), sentence: Duration = .milliseconds(200),
            paragraph: Duration = .milliseconds(400)
        ) {
            self.clause = clause
            self.sentence = sentence
            self.paragraph = paragraph
        }

        /// - Parameter boundary: how the piece before it ended; `nil` at the beginning.
        package func before(_ piece: Piece, after boundary: Piece.Boundary?) -> Duration {
            // Given sound has its own pauses.
            if piece.sound != nil, piece.index > 0 { return .zero }
            return switch boundary.map({ piece.opensParagraph ? .paragraph : $0 }) {
            case nil: .zero
            case .clause: clause
            case .sentence: sentence
            case .paragraph: paragraph
            }
        }
    }
}
