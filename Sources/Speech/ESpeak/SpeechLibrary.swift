// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// eSpeak NG as the engine uses it: in this process (``ESpeak``), or in its own (``ESpeakProcess``).
@SpeechThread
protocol SpeechLibrary: AnyObject, Sendable {
    /// The version, such as `1.51`.
    var version: String { get }
    var format: PCMFormat { get }
    var catalogue: VoiceCatalogue { get }

    /// Loads a voice, so that the next text doesn't have to wait for it.
    ///
    /// - Parameter voice: an identifier, optionally followed by a variant: `gmw/en-US+f3`.
    func prepare(voice: String, settings: ESpeak.Settings) throws

    /// Synthesizes a text; its sound goes to `sound` as it is made.
    ///
    /// - Parameter text: what the voice can read (``SpeakableText``); not interpreted as mark-up.
    /// - Throws: `Fault` if the library can't be used, ``SpeechFault`` if it can't speak this text, ``SpeechCrash``.
    func speak(_ text: String, voice: String, settings: ESpeak.Settings, into sound: any ESpeakSound) throws
}

/// Receives eSpeak NG's output for a text.
protocol ESpeakSound: AnyObject {
    /// Whether more sound is wanted.
    var isWanted: Bool { get }

    /// Receives a word that begins in the next samples, or later.
    func receive(_ event: WordEvent)

    /// - Returns: whether more is wanted.
    func receive(_ samples: Span<Int16>) -> Bool
}
