// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// eSpeak NG as the engine uses it: in this process (``ESpeak``), or in one of its own (``ESpeakProcess``).
@SpeechThread
protocol SpeechLibrary: AnyObject, Sendable {
    /// Such as `1.51`.
    var version: String { get }
    var format: PCMFormat { get }
    var catalogue: VoiceCatalogue { get }

    /// Loads a voice, so that the next text need not wait for it.
    ///
    /// - Parameter voice: an identifier, a variant may follow: `gmw/en-US+f3`.
    func prepare(voice: String, settings: ESpeak.Settings) throws

    /// Synthesizes a text; its sound goes to `sound` as it is made.
    ///
    /// - Parameter text: what the voice can be given (``SpeakableText``); nothing in it is mark-up.
    /// - Throws: `Fault` if the library is of no use, ``SpeechFault`` if it can't speak this text, ``SpeechCrash``.
    func speak(_ text: String, voice: String, settings: ESpeak.Settings, into sound: any ESpeakSound) throws
}

/// Takes what eSpeak NG makes of a text.
protocol ESpeakSound: AnyObject {
    /// Whether more is wanted.
    var isWanted: Bool { get }

    /// A word begins in the samples that come next, or later.
    func receive(_ event: WordEvent)

    /// - Returns: whether more is wanted.
    func receive(_ samples: Span<Int16>) -> Bool
}
