// SPDX-License-Identifier: GPL-3.0-or-later

/// How sound is played.
package struct PlaybackParameters: Sendable, Hashable {
    /// ALSA's name of the device, as listed by `utter devices`.
    package var device: String
    /// Devices that replace it when it stays away, best first.
    package var fallbacks: [String]
    /// How long an answer waits for a device that was lost, or is in use by another program.
    package var deviceWait: Duration
    /// Whether an answer also waits for a device that has never been there.
    package var waitsForAbsentDevice: Bool
    /// Length of the device's buffer: how late we may be.
    package var bufferTime: Duration
    /// Time between two wake-ups while sound plays.
    package var periodTime: Duration
    /// Silence before the first sound after the device was opened.
    package var leadIn: Duration
    /// How long the device stays open after an utterance.
    package var keepOpen: Duration
    /// A device that makes no progress for this long has failed.
    package var stallLimit: Duration
    /// How long a stop or a pause waits for a device that hangs.
    package var stopLimit: Duration

    package init(
        device: String = "default", fallbacks: [String] = [], deviceWait: Duration = .zero,
        waitsForAbsentDevice: Bool = false, bufferTime: Duration = .milliseconds(200),
        periodTime: Duration = .milliseconds(50), leadIn: Duration = .zero, keepOpen: Duration = .zero,
        stallLimit: Duration = .seconds(5), stopLimit: Duration = .milliseconds(500)
    ) {
        self.device = device
        self.fallbacks = fallbacks
        self.deviceWait = deviceWait
        self.waitsForAbsentDevice = waitsForAbsentDevice
        self.bufferTime = bufferTime
        self.periodTime = periodTime
        self.leadIn = leadIn
        self.keepOpen = keepOpen
        self.stallLimit = stallLimit
        self.stopLimit = stopLimit
    }
}
