// SPDX-License-Identifier: GPL-3.0-or-later
import SoundCoding

/// Reads sound files.
package enum RecordedFile {
    /// Reads a WAV file: 16 bit, one or two channels, 8 to 48 kHz.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - rate: the rate of the returned samples, in Hz.
    ///   - limit: the longest sound that is accepted.
    /// - Throws: ``VoiceServerFailure`` if it is not such a file, has no sound, or more than the limit.
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
