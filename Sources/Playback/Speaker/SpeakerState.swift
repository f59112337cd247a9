// SPDX-License-Identifier: GPL-3.0-or-later

/// Whether the speaker could be heard.
package enum SpeakerState: Sendable, Hashable {
    /// Nothing is known, as for a sound server's device.
    case unknown
    /// Its sound card is not connected.
    case absent
    /// The mixer has muted it.
    case muted
    /// The mixer's volume is zero.
    case silent
    /// The mixer's volume, in percent; `nil` if the card has no control for it.
    case audible(volume: Int?)
}
