// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// Whether the daemon's speaker could be heard.
package struct Speaker: Sendable, Hashable, Codable {
    package enum State: String, Sendable, Codable {
        /// Nothing is known, as of a sound server's device.
        case unknown
        /// Its sound card is not connected.
        case absent
        /// The mixer has muted it.
        case muted
        /// The mixer's volume is zero.
        case silent
        case audible
    }

    package var state: State
    /// Its ALSA name.
    package var device: String
    /// The mixer's, in percent; `nil` if it is not known.
    @Nullable package var volume: Int?

    package init(_ state: State, device: String, volume: Int? = nil) {
        (self.state, self.device, self.volume) = (state, device, volume)
    }

    /// In one sentence; `nil` if there is nothing to say.
    package var trouble: Notice? {
        switch state {
        case .unknown, .audible: nil
        case .absent: Notice("device_missing", "Device '\(device)' is not connected: plug it in.")
        case .muted:
            Notice("device_muted", "Device '\(device)' is muted in the mixer: unmute it, for instance with alsamixer.")
        case .silent:
            Notice(
                "device_muted",
                "The mixer's volume of device '\(device)' is zero: raise it, for instance with alsamixer.")
        }
    }
}
