// SPDX-License-Identifier: GPL-3.0-or-later
import CSonic
import CSpeexDSP
import Utterance

/// Changes the sample rate and the speed of a whole piece of sound.
enum SoundConversion {
    /// Of 0 to 10. At 4, what lies above the new band is 84 dB down, 95 % of the band is kept, and 10 s take 14 ms on x86.
    private static let quality: CInt = 4

    /// Converts sound to another sample rate, with libspeexdsp.
    static func resampled(_ samples: [Int16], from rate: Int, to other: Int) -> [Int16] {
        guard rate != other, !samples.isEmpty else { return samples }
        var status: CInt = 0
        let resampler = unsafe speex_resampler_init(
            1, spx_uint32_t(rate), spx_uint32_t(other), quality, &status)
        // This fails only when memory runs out.
        guard let resampler = unsafe resampler else { return samples }
        defer { unsafe speex_resampler_destroy(resampler) }
        unsafe speex_resampler_skip_zeros(resampler)
        // Silence at the end flushes the last samples out of the filter.
        let input = samples + [Int16](repeating: 0, count: Int(unsafe speex_resampler_get_input_latency(resampler)))
        let frames = samples.count * other / rate
        var output = [Int16](repeating: 0, count: frames)
        var (taken, given) = (0, 0)
        while taken < input.count, given < frames {
            var (read, written) = (spx_uint32_t(input.count - taken), spx_uint32_t(frames - given))
            unsafe input.withUnsafeBufferPointer { input in
                unsafe output.withUnsafeMutableBufferPointer { output in
                    guard let from = input.baseAddress, let to = output.baseAddress else { return }
                    unsafe status = speex_resampler_process_int(
                        resampler, 0, from + taken, &read, to + given, &written)
                }
            }
            guard status == 0, read + written > 0 else { break }
            taken += Int(read)
            given += Int(written)
        }
        return Array(output.prefix(given))
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
