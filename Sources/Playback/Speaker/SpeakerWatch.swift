// SPDX-License-Identifier: GPL-3.0-or-later
import CALSA
import Glibc
import Threads

/// Watches whether the speaker is connected, and its mixer, on a thread that sleeps in between.
package struct SpeakerWatch: Sendable {
    private let device: String
    private let cards: SoundCards
    private let folders: [String]

    /// - Parameters:
    ///   - device: the ALSA name of the device that speaks.
    ///   - proc: where `/proc` is.
    ///   - dev: where `/dev` is.
    package init(device: String, proc: String = "/proc", dev: String = "/dev") {
        self.device = device
        cards = SoundCards(root: proc)
        // The kernel creates the second folder with the first card.
        folders = [dev, "\(dev)/snd"]
    }

    /// The state now, and whenever it changes.
    package var states: AsyncStream<SpeakerState> {
        let (states, sink) = AsyncStream.makeStream(of: SpeakerState.self)
        let end = EventDescriptor()
        sink.onTermination = { _ in end.signal() }
        startThread(name: "speaker") { run(until: end) { sink.yield($0) } }
        return states
    }

    private func run(until end: EventDescriptor, report: (SpeakerState) -> Void) {
        var last: SpeakerState?
        var wasThere = false
        while true {
            // Before the check, so that no change is missed.
            let folders = FolderWatch(folders)
            let card = SoundCards.card(in: device)
            let isThere = card.map(cards.has)
            let mixer = isThere == false ? nil : Mixer(of: card.map { "hw:\($0)" } ?? device)
            wasThere = wasThere || isThere == true || mixer != nil
            while true {
                let state = state(isThere: isThere, wasThere: wasThere, mixer)
                if state != last { report(state) }
                last = state
                switch wait(for: end, folders, mixer) {
                case .end: return
                case .mixer: continue
                case .devices: break
                }
                break
            }
        }
    }

    /// - Parameter isThere: `nil` if the device's name doesn't include its card.
    private func state(isThere: Bool?, wasThere: Bool, _ mixer: Mixer?) -> SpeakerState {
        if let state = mixer?.state { return state }
        if isThere == true { return .audible(volume: nil) }
        return isThere == false || wasThere ? .absent : .unknown
    }

    private enum Change {
        case end, mixer, devices
    }

    private func wait(for end: EventDescriptor, _ folders: borrowing FolderWatch, _ mixer: Mixer?) -> Change {
        let events = Int16(POLLIN)
        var descriptors = [
            pollfd(fd: end.descriptor, events: events, revents: 0),
            pollfd(fd: folders.descriptor, events: events, revents: 0),
        ]
        descriptors += mixer?.descriptors ?? []
        while unsafe poll(&descriptors, nfds_t(descriptors.count), -1) < 0, errno == EINTR {}
        if descriptors[0].revents != 0 { return .end }
        if descriptors[1].revents != 0 { return .devices }
        // A descriptor that reports an error does so again at once, whatever the mixer says.
        let failed = Int16(POLLERR | POLLHUP | POLLNVAL)
        if mixer?.update() == true, !descriptors.contains(where: { $0.revents & failed != 0 }) { return .mixer }
        // The card is going away, and its files in /dev will follow. With a limit, in case they already have.
        var devices = Array(descriptors.prefix(2))
        while unsafe poll(&devices, nfds_t(devices.count), 1_000) < 0, errno == EINTR {}
        return devices[0].revents != 0 ? .end : .devices
    }
}
