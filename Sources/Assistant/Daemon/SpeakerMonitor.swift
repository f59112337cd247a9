// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
import Playback
import Synchronization
package import Utterance

/// Monitors the state of the daemon's speaker.
package final class SpeakerMonitor: Sendable {
    private let device: String
    private let hasFallback: Bool
    private let speaker: Mutex<Speaker>

    package init(device: String, hasFallback: Bool) {
        self.device = device
        self.hasFallback = hasFallback
        speaker = Mutex(Speaker(.unknown, device: device))
    }

    package var current: Speaker { speaker.withLock { $0 } }

    /// Why an answer would not be heard at once; `nil` if it would, or if nothing is known.
    package var missing: Notice? {
        let current = current
        return current.state == .absent && !hasFallback ? current.trouble : nil
    }

    /// Calls `report` with the speaker's initial state and on every change. Runs until the task is cancelled.
    package func run(_ report: @Sendable (Speaker) -> Void) async {
        for await state in SpeakerWatch(device: device).states {
            let speaker = Speaker(mixer: state, device: device)
            self.speaker.withLock { $0 = speaker }
            report(speaker)
        }
    }
}

extension Speaker {
    fileprivate init(mixer state: SpeakerState, device: String) {
        switch state {
        case .unknown: self.init(.unknown, device: device)
        case .absent: self.init(.absent, device: device)
        case .muted: self.init(.muted, device: device)
        case .silent: self.init(.silent, device: device, volume: 0)
        case .audible(let volume): self.init(.audible, device: device, volume: volume)
        }
    }
}
