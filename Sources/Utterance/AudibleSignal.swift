// SPDX-License-Identifier: GPL-3.0-or-later

/// What a listener is told besides an answer's text, by a short sound (an *earcon*), in words, or both.
package enum AudibleSignal: String, Sendable, Hashable, Codable, CaseIterable {
    /// The device is listening now; for the program that uses the microphone.
    case listening
    /// The question was taken, and its answer takes longer than usual.
    case thinking
    /// Something failed.
    case failure
}
