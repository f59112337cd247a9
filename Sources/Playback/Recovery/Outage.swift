// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// The rules for a device that can't be played to: how long to wait for it, how often to try it, and when to give it
/// up. Pure.
///
/// One outage may last over several answers: the wait counts once. It is over when a piece was heard to its end.
struct Outage: Sendable {
    enum Step: Sendable, Equatable {
        /// Open the device again after a pause.
        case retry(after: Duration)
        /// From now on the fallback devices will do.
        case fallBack
        case giveUp
    }

    /// Between two attempts; doubled each time.
    static let pauses = Duration.milliseconds(100)...Duration.seconds(2)

    private let limit: Duration
    private let waitsForAbsent: Bool
    private let hasFallback: Bool
    /// The device was open once.
    private var wasOpen = false
    private var waited = Duration.zero
    private var pause = Self.pauses.lowerBound
    /// When the last attempt began, if nothing was heard of it yet.
    private var attempt: Moment?
    /// That the device is back.
    private var wasTold = false
    /// The devices in the preferred one's place may be used.
    private(set) var fallsBack = false

    init(_ parameters: PlaybackParameters) {
        limit = parameters.deviceWait
        waitsForAbsent = parameters.waitsForAbsentDevice
        // Another card can be ALSA's default in its place.
        hasFallback = !parameters.fallbacks.isEmpty || parameters.device == PlaybackParameters().device
    }

    /// The device failed since it was last heard.
    var isOngoing: Bool { pause > Self.pauses.lowerBound || fallsBack }

    /// What to do about a fault of the device.
    mutating func step(after fault: Fault, at now: Moment) -> Step {
        // What an attempt took counts, too, unless there was sound meanwhile.
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
        // A wrong name.
        default: false
        }
    }

    /// A device was opened.
    mutating func opened() { wasOpen = true }

    /// Sound is heard.
    ///
    /// - Returns: whether it is the first since the device was away.
    mutating func sounds() -> Bool {
        attempt = nil
        defer { wasTold = true }
        return isOngoing && !wasTold
    }

    /// A piece was heard to its end.
    ///
    /// - Parameter isPreferred: through the preferred device.
    mutating func heard(isPreferred: Bool) {
        attempt = nil
        guard isPreferred else { return }
        waited = .zero
        pause = Self.pauses.lowerBound
        fallsBack = false
    }
}
