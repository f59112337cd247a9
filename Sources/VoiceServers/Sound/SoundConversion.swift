// SPDX-License-Identifier: GPL-3.0-or-later
import CSonic
import SoundCoding

/// Changes the sample rate and the speed of a whole piece of sound.
enum SoundConversion {
    /// Converts sound to another sample rate.
    static func resampled(_ samples: [Int16], from rate: Int, to other: Int) -> [Int16] {
        // There is no resampler only when memory has run out.
        guard rate != other, !samples.isEmpty, var resampler = Resampler(from: rate, to: other) else { return samples }
        return resampler.convert(samples) + resampler.finish()
    }

    /// Makes sound faster or slower without changing its pitch, with libsonic, which eSpeak NG uses for that as well.
    ///
    /// - Parameter speed: 2 is twice as fast.
    static func stretched(_ samples: [Int16], rate: Int, speed: Double) -> [Int16] {
        guard speed != 1, !samples.isEmpty, let stream = unsafe sonicCreateStream(CInt(rate), 1) else { return samples }
        defer { unsafe sonicDestroyStream(stream) }
        unsafe sonicSetSpeed(stream, Float(speed))
        var input = samples
        let isWritten = unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe sonicWriteShortToStream(stream, input.baseAddress, CInt(input.count))
        }
        guard isWritten != 0, unsafe sonicFlushStream(stream) != 0 else { return samples }
        var output = [Int16](repeating: 0, count: Int(unsafe sonicSamplesAvailable(stream)))
        let count = unsafe output.withUnsafeMutableBufferPointer { output in
            unsafe sonicReadShortFromStream(stream, output.baseAddress, CInt(output.count))
        }
        return Array(output.prefix(Int(count)))
    }
}
