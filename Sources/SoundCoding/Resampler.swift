// SPDX-License-Identifier: GPL-3.0-or-later
import CSpeexDSP

/// Converts samples of one channel to another rate, portion by portion, with libspeexdsp.
@safe
package struct Resampler: ~Copyable {
    /// 0 to 10. 4 keeps 95 % of the new band and attenuates what is above it by 84 dB; 10 s of sound take 14 ms on x86.
    private static let quality: CInt = 4
    /// The most samples that are read from the library at a time.
    private static let portion = 4_096

    private let state: OpaquePointer
    /// In Hz.
    private let rates: (from: Int, to: Int)
    /// How many samples were taken in and given out.
    private var counts = (taken: 0, given: 0)

    /// - Parameters:
    ///   - rate: the rate of the input, in Hz, 1 to 192 000.
    ///   - other: the rate of the output, within the same limits.
    /// - Returns: `nil` for other rates, and when memory runs out.
    package init?(from rate: Int, to other: Int) {
        guard (1...192_000).contains(rate), (1...192_000).contains(other) else { return nil }
        var status: CInt = 0
        let state = unsafe speex_resampler_init(1, spx_uint32_t(rate), spx_uint32_t(other), Self.quality, &status)
        guard let state = unsafe state else { return nil }
        unsafe self.state = state
        rates = (rate, other)
        unsafe speex_resampler_skip_zeros(state)
    }

    deinit {
        unsafe speex_resampler_destroy(state)
    }

    /// Converts the next samples; the last ones of `samples` stay in the filter.
    package mutating func convert(_ samples: [Int16]) -> [Int16] {
        counts.taken += samples.count
        return process(samples)
    }

    /// Returns the samples that are still in the filter. Nothing may be converted afterwards.
    package mutating func finish() -> [Int16] {
        let wanted = counts.taken * rates.to / rates.from - counts.given
        let silence = [Int16](repeating: 0, count: Int(unsafe speex_resampler_get_input_latency(state)))
        return Array(process(silence).prefix(max(0, wanted)))
    }

    private mutating func process(_ input: [Int16]) -> [Int16] {
        var output: [Int16] = []
        var portion = [Int16](repeating: 0, count: Self.portion)
        var taken = 0
        while taken < input.count {
            var (read, written) = (spx_uint32_t(input.count - taken), spx_uint32_t(portion.count))
            var status: CInt = 0
            unsafe input.withUnsafeBufferPointer { input in
                unsafe portion.withUnsafeMutableBufferPointer { portion in
                    guard let from = input.baseAddress, let to = portion.baseAddress else { return }
                    unsafe status = speex_resampler_process_int(state, 0, from + taken, &read, to, &written)
                }
            }
            guard status == 0, read + written > 0 else { break }
            taken += Int(read)
            output += portion.prefix(Int(written))
        }
        counts.given += output.count
        return output
    }
}
