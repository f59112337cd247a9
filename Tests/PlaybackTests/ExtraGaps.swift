// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

/// Whether the sound has more gaps than it should: a busy PulseAudio leaves some without reporting them. Even then,
/// nothing may sound twice.
///
/// - Parameters:
///   - count: the stretches of sound in a run without such a gap.
///   - frames: how much sound there may be in all.
/// - Throws: if there are fewer stretches than `count`.
func hasExtraGaps(_ stretches: [SoundStretch], beyond count: Int, of frames: Int) throws -> Bool {
    try #require(stretches.count >= count)
    guard stretches.count > count else { return false }
    #expect(stretches.reduce(0) { $0 + $1.samples.count } <= frames)
    return true
}
