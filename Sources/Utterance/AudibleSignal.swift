// SPDX-License-Identifier: GPL-3.0-or-later

/// What a listener is told apart from an answer's text: by a short sound (an *earcon*), in words, or both.
package enum AudibleSignal: String, Sendable, Hashable, Codable, CaseIterable {
    /// The device is listening now. Sent by the program that uses the microphone.
    case listening
    /// The question was accepted, and its answer is taking longer than usual.
    case thinking
    /// Something failed.
    case failure
    /// The chime: an announcement follows.
    case announcement
}
