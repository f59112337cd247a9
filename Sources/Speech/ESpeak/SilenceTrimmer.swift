// SPDX-License-Identifier: GPL-3.0-or-later

/// Trims silence from both ends of sound that streams through.
///
/// Silence before the first sound is skipped. Silence after a sound is held back until more sound follows, since only
/// then is it known to be a pause and not the end. The amount held is bounded: a pause longer than ``holdLimit`` is let
/// through, so silence can only remain after a pause of that length.
struct SilenceTrimmer: ~Copyable {
    /// Samples up to this size are inaudible (−54 dB); eSpeak NG's own silence is not exactly zero.
    static let threshold: Int16 = 64
    /// The longest silence that is held back, in frames: 1 s at 22050 Hz. eSpeak NG ends with less than 50 ms of
    /// silence, and pauses 300 ms between sentences at 175 words per minute.
    static let holdLimit = 22050

    private var held: [Int16] = []
    private var position = 0
    private var hasBegun = false

    init() {
        held.reserveCapacity(Self.holdLimit)
    }

    /// Starts over with new sound; silence that was held back is dropped.
    mutating func reset() {
        held.removeAll(keepingCapacity: true)
        position = 0
        hasBegun = false
    }

    /// Takes the next samples, and passes those that are certainly not an end to `emit`, along with the frame of the
    /// sound at which they begin.
    ///
    /// - Returns: `false` if `emit` did, and no more is wanted.
    mutating func append(_ samples: Span<Int16>, emit: (Span<Int16>, Int) -> Bool) -> Bool {
        let start = position
        position += samples.count
        guard let last = samples.indices.last(where: { Self.isSound(samples[$0]) }) else {
            return !hasBegun || hold(samples, from: 0, start: start, emit: emit)
        }
        var first = 0
        if !hasBegun {
            hasBegun = true
            first = samples.indices.first { Self.isSound(samples[$0]) } ?? last
        }
        guard release(before: start, emit: emit) else { return false }
        guard emit(samples.extracting(first...last), start + first) else { return false }
        return hold(samples, from: last + 1, start: start, emit: emit)
    }

    private mutating func hold(
        _ samples: Span<Int16>, from first: Int, start: Int, emit: (Span<Int16>, Int) -> Bool
    ) -> Bool {
        if held.count + samples.count - first > Self.holdLimit {
            guard release(before: start + first, emit: emit) else { return false }
        }
        for index in first..<samples.count { held.append(samples[index]) }
        return true
    }

    private mutating func release(before end: Int, emit: (Span<Int16>, Int) -> Bool) -> Bool {
        guard !held.isEmpty else { return true }
        defer { held.removeAll(keepingCapacity: true) }
        return emit(held.span, end - held.count)
    }

    static func isSound(_ sample: Int16) -> Bool {
        sample > threshold || sample < -threshold
    }
}
