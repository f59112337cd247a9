// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// The sound of a file as this program plays it.
package enum RecordedFile {
    /// Takes the sound out of a WAV file: 16 bit, one or two channels, 8 to 48 kHz.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - rate: that of the samples that are returned, in Hz.
    ///   - limit: the longest sound that is taken.
    /// - Throws: ``VoiceServerFailure`` for what is no such file, has no sound, or more than the limit.
    package static func samples(
        of bytes: [UInt8], at rate: Int, within limit: Duration
    ) throws(VoiceServerFailure) -> [Int16] {
        guard WAVReader.isHeader(at: 0, of: bytes) else { throw .malformed("it is not a WAV file") }
        var sound = ServedSound(limit: limit)
        try WAVReader.read(bytes, into: &sound)
        guard let coding = sound.coding, !sound.isEmpty else { throw .malformed("it has no sound") }
        return SoundConversion.resampled(sound.samples, from: coding.rate, to: rate)
    }
}
