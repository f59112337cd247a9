// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// The rules for a device that can't be played to: how long to wait for it, how often to try it, and when to give up.
/// Pure.
///
/// An outage may last for several answers, but the wait counts only once. It is over when a piece was heard to its end.
struct Outage: Sendable {
    enum Step: Sendable, Equatable {
        /// Open the device again after a pause.
        case retry(after: Duration)
        /// From now on, the fallback devices may be used.
        case fallBack
        case giveUp
    }

    /// The pause between two attempts; doubled each time.
    static let pauses = Duration.milliseconds(100)...Duration.seconds(2)

    private let limit: Duration
    private let waitsForAbsent: Bool
    private let hasFallback: Bool
    /// Whether the device was ever open.
    private var wasOpen = false
    private var waited = Duration.zero
    private var pause = Self.pauses.lowerBound
    /// When the last attempt began, if nothing has been heard since.
    private var attempt: Moment?
    /// Whether it was reported that the device is back.
    private var wasTold = false
    /// Whether the fallback devices may be used.
    private(set) var fallsBack = false

    init(_ parameters: PlaybackParameters) {
        limit = parameters.deviceWait
        waitsForAbsent = parameters.waitsForAbsentDevice
        // Another card can replace it as ALSA's default.
        hasFallback = !parameters.fallbacks.isEmpty || parameters.device == PlaybackParameters().device
    }

    /// Whether the device has failed since a piece was last heard.
    var isOngoing: Bool { pause > Self.pauses.lowerBound || fallsBack }

    /// Returns what to do about a fault of the device.
    mutating func step(after fault: Fault, at now: Moment) -> Step {
        // The duration of an attempt counts too, unless there was sound meanwhile.
        waited += min(attempt?.duration(to: now) ?? .zero, limit)
        let isUsed = attempt == nil
        attempt = nil
        if mayMend(fault), waited < limit {
            let pause = min(pause, limit - waited)
            waited += pause
            self.pause = min(self.pause * 2, Self.pauses.upperBound)
            attempt = now.advanced(by: pause)
            wasTold = false
            return .retry(after: pause)
        }
        guard hasFallback, !fallsBack || isUsed else { return .giveUp }
        fallsBack = true
        attempt = now
        return .fallBack
    }

    private func mayMend(_ fault: Fault) -> Bool {
        switch fault.code {
        case .deviceBusy: true
        case .deviceMissing, .deviceFailed: wasOpen || waitsForAbsent
        // The name is wrong.
        default: false
        }
    }

    /// Records that a device was opened.
    mutating func opened() { wasOpen = true }

    /// Records that sound is heard.
    ///
    /// - Returns: whether it is the first since the device was away.
    mutating func sounds() -> Bool {
        attempt = nil
        defer { wasTold = true }
        return isOngoing && !wasTold
    }

    /// Records that a piece was heard to its end.
    ///
    /// - Parameter isPreferred: whether through the preferred device.
    mutating func heard(isPreferred: Bool) {
        attempt = nil
        guard isPreferred else { return }
        waited = .zero
        pause = Self.pauses.lowerBound
        fallsBack = false
    }
}
