// SPDX-License-Identifier: GPL-3.0-or-later

extension Settings {
    /// Where the daemon serves Wyoming; `nil`: nowhere.
    package struct Wyoming: Sendable, Equatable {
        /// For sound to be played on the speaker.
        package var satellite: Server.Endpoint?
        /// For text whose sound is sent back.
        package var speech: Server.Endpoint?
        /// For questions that are answered in writing. May be the address of ``speech``.
        package var conversation: Server.Endpoint?
        /// Whether these answers are also spoken.
        package var speaksAnswers = false
    }
}
