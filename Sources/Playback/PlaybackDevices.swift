// SPDX-License-Identifier: GPL-3.0-or-later
import CALSA
import Glibc

/// A playback device in ALSA's configuration.
package struct PlaybackDevice: Sendable, Hashable {
    /// The name to open it by.
    package var name: String
    /// For people; may have several lines.
    package var description: String

    package init(name: String, description: String) {
        self.name = name
        self.description = description
    }
}

package enum PlaybackDevices {
    /// Lists the devices in ALSA's order. A device that is listed can't necessarily be opened.
    package static func list() -> [PlaybackDevice] {
        utter_alsa_silence()
        var hints: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
        guard unsafe snd_device_name_hint(-1, "pcm", &hints) >= 0, let hints = unsafe hints else { return [] }
        defer { unsafe snd_device_name_free_hint(hints) }

        var devices: [PlaybackDevice] = []
        var next = unsafe hints
        while let hint = unsafe next.pointee {
            unsafe next += 1
            // Without a direction, it has both.
            guard unsafe text("IOID", of: hint) != "Input", let name = unsafe text("NAME", of: hint) else { continue }
            devices.append(PlaybackDevice(name: name, description: unsafe text("DESC", of: hint) ?? ""))
        }
        return devices
    }

    private static func text(_ key: String, of hint: UnsafeMutableRawPointer) -> String? {
        guard let value = unsafe snd_device_name_get_hint(hint, key) else { return nil }
        defer { unsafe free(value) }
        return unsafe String(cString: value)
    }
}
