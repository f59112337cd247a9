// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Utterance

extension Notice {
    static func converted(_ device: String, by name: String) -> Notice {
        Notice(
            "device_converted",
            "Device '\(device)' does not accept mono sound at the voice's rate, so the sound goes through '\(name)'.")
    }

    /// The sound goes to another device than the one in the settings.
    static func substituted(_ device: String, by name: String) -> Notice {
        Notice("device_substituted", "Device '\(device)' is not available, so the sound goes to '\(name)'.")
    }

    static func waiting(after fault: Fault, atMost limit: Duration) -> Notice {
        let seconds = Int(limit.inSeconds.rounded(.up))
        return Notice("device_waiting", "\(fault.message) The answer waits up to \(seconds) s for it.")
    }

    static func back(_ device: String) -> Notice {
        Notice("device_back", "Device '\(device)' is back; the answer continues.")
    }
}

extension ALSAError {
    /// Whether the device doesn't exist, or doesn't exist any more.
    var isAbsence: Bool { [-ENOENT, -ENODEV, -ENXIO].contains(code) }
}

extension Fault {
    var isOfDevice: Bool { [.deviceUnknown, .deviceMissing, .deviceBusy, .deviceFailed].contains(code) }

    /// - Parameter wasOpen: whether the device has been open before.
    static func notOpened(
        _ device: String, _ error: PCM.OpeningError, wasOpen: Bool, cards: SoundCards = SoundCards()
    ) -> Fault {
        switch error {
        case .open(let error) where error.code == -EBUSY: return busy(device, cards)
        case .open(let error) where error.isAbsence:
            if wasOpen { return unplugged(device) }
            return absent(device, error, cards)
        case .open(let error) where [-ECONNREFUSED, -EHOSTDOWN, -ETIMEDOUT].contains(error.code):
            return Fault(
                .deviceMissing,
                "The sound server behind device '\(device)' is not responding (\(error.reason)): start it.")
        case .open(let error) where [-EACCES, -EPERM].contains(error.code):
            return Fault(
                .deviceFailed,
                "This user may not open device '\(device)' (\(error.reason)): add the user to the group 'audio'.")
        case .open(let error):
            return Fault(.deviceFailed, "Device '\(device)' cannot be opened: \(error.reason).")
        case .formatRefused(let error):
            return Fault(
                .deviceFailed,
                "Device '\(device)' accepts none of our sound formats, even with conversion (\(error.reason)): "
                    + "choose another one; `utter devices` lists them.")
        case .setUp(let error) where error.code == -EBUSY: return busy(device, cards)
        case .setUp(let error):
            return Fault(
                .deviceFailed,
                "Device '\(device)' cannot be set up (\(error.reason)): check that it exists and is not in use."
            )
        }
    }

    private static func busy(_ device: String, _ cards: SoundCards) -> Fault {
        let holder = cards.holder(of: device).map { "\($0.name), process \($0.process)" } ?? "another program"
        return Fault(
            .deviceBusy, "Device '\(device)' is in use by \(holder): stop it, or choose a device that mixes sound.")
    }

    private static func absent(_ device: String, _ error: ALSAError, _ cards: SoundCards) -> Fault {
        let ids = cards.ids
        if device == PlaybackParameters().device {
            guard ids.isEmpty else {
                return Fault(
                    .deviceMissing,
                    "ALSA's default device is not connected: connect it, or choose another one, such as "
                        + "'plughw:CARD=\(ids[0]),DEV=0'.")
            }
            return Fault(
                .deviceMissing, "There is no sound device here: connect one, or write to a file with --output.")
        }
        let names = PlaybackDevices.list().map(\.name)
        if let card = SoundCards.card(in: device) {
            // The name is right unless another one is nearly the same.
            guard let near = ids.nearest(to: card) else { return notConnected(device) }
            if near != card {
                let name = device.replacing(card, with: near)
                return Fault(.deviceUnknown, "There is no device '\(device)'; did you mean '\(name)'?")
            }
        } else if error.code == -ENODEV || names.contains(device) {
            return notConnected(device)
        }
        let hint = names.nearest(to: device).map { "did you mean '\($0)'?" } ?? "`utter devices` lists them all."
        return Fault(.deviceUnknown, "There is no device '\(device)'; \(hint)")
    }

    private static func notConnected(_ device: String) -> Fault {
        Fault(
            .deviceMissing,
            "Device '\(device)' is not connected: plug it in, or choose another one; `utter devices` lists them.")
    }

    private static func unplugged(_ device: String) -> Fault {
        Fault(.deviceMissing, "Device '\(device)' was unplugged: plug it in again.")
    }

    static func lost(_ device: String, _ error: ALSAError) -> Fault {
        if error.code == -ENODEV { return unplugged(device) }
        return Fault(
            .deviceFailed,
            "Device '\(device)' failed (\(error.reason)): reconnect it or restart its sound server.")
    }

    static func stalled(_ device: String, for limit: Duration) -> Fault {
        Fault(
            .deviceFailed,
            "Device '\(device)' has played nothing for \(Int(limit.inSeconds)) s: reconnect it or restart its sound "
                + "server.")
    }

    static func hangs(_ device: String) -> Fault {
        Fault(.deviceFailed, "Device '\(device)' hangs: reconnect it or restart its sound server.")
    }
}
