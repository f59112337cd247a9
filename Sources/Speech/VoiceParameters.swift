// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// How the voice sounds. Values out of range are clamped.
package struct VoiceParameters: Sendable, Hashable {
    /// `auto`, or a voice as `utter voices` lists it: its name, identifier or language, optionally followed by a
    /// variant (`de+f3`).
    ///
    /// `auto` reads each run with a voice for its language. A named voice reads the runs in its own script (`de` all
    /// Latin runs, `uk` all Cyrillic ones). Other scripts keep the voice that `auto` gives them, since eSpeak NG names
    /// characters that it can't read ("Chinese letter"). A variant applies to all.
    package var voice: String
    /// The language of Latin text if nothing else decides it, as a BCP 47 tag; also the accent: `en-us`, `en-gb`.
    package var language: String
    /// Words per minute, 80 to 450.
    package var rate: Int
    /// Base pitch, 0 to 99; 50 is the voice's default.
    package var pitch: Int
    /// Loudness in percent, 0 to 200. At 0, a piece has no sound, and so no length.
    package var volume: Int
    /// Extra pause between words in ms, 0 to 1000, in steps of 10. Exact at 175 words per minute; scales with the rate.
    package var wordGapMilliseconds: Int

    package init(
        voice: String = "auto", language: String = "en-us", rate: Int = 175, pitch: Int = 50, volume: Int = 100,
        wordGapMilliseconds: Int = 0
    ) {
        self.voice = voice
        self.language = language
        self.rate = rate.clamped(to: VoiceRanges.rate)
        self.pitch = pitch.clamped(to: VoiceRanges.pitch)
        self.volume = volume.clamped(to: VoiceRanges.volume)
        self.wordGapMilliseconds = wordGapMilliseconds.clamped(to: 0...1000)
    }
}

extension Int {
    fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
