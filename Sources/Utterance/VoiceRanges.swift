// SPDX-License-Identifier: GPL-3.0-or-later

/// What a voice can be set to.
package enum VoiceRanges {
    /// Words per minute: eSpeak NG's `espeakRATE_MINIMUM` and `_MAXIMUM`.
    package static let rate = 80...450
    /// Base pitch; 50 is the voice's own.
    package static let pitch = 0...99
    /// Loudness in percent; above 100 it may distort.
    package static let volume = 0...200
}
