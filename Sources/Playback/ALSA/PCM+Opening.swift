// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Utterance

extension PCM {
    /// Opens the device, if need be behind ALSA's converter ("plug"), so that any format, channel count and rate will do.
    static func open(_ parameters: PlaybackParameters, format: PCMFormat) throws(Fault) -> PCM {
        do throws(OpeningError) {
            return try open(parameters.device, parameters, format: format)
        } catch .formatRefused {
            do throws(OpeningError) {
                return try open(converter(for: parameters.device), parameters, format: format)
            } catch {
                throw .notOpened(parameters, error)
            }
        } catch {
            throw .notOpened(parameters, error)
        }
    }

    private static func open(
        _ name: String, _ parameters: PlaybackParameters, format: PCMFormat
    ) throws(OpeningError) -> PCM {
        try open(name, format: format, bufferTime: parameters.bufferTime, periodTime: parameters.periodTime)
    }

    /// The same device behind ALSA's converter.
    static func converter(for device: String) -> String {
        device.hasPrefix("hw:") ? "plug\(device)" : "plug:'\(device)'"
    }
}

extension Notice {
    static func converted(_ parameters: PlaybackParameters, by name: String) -> Notice {
        Notice(
            "device_converted",
            "Device '\(parameters.device)' does not take mono sound at the voice's rate; it is played through '\(name)'."
        )
    }
}

extension Fault {
    static func notOpened(_ parameters: PlaybackParameters, _ error: PCM.OpeningError) -> Fault {
        let device = parameters.device
        switch error {
        case .open(let error) where error.code == -EBUSY:
            return Fault(
                .deviceBusy,
                "Device '\(device)' is in use by another program: end that program, or choose a device that mixes.")
        case .open(let error) where [-ENOENT, -ENODEV, -ENXIO].contains(error.code):
            return unknown(device)
        case .open(let error) where [-ECONNREFUSED, -EHOSTDOWN, -ETIMEDOUT].contains(error.code):
            return Fault(
                .deviceMissing,
                "The sound server behind device '\(device)' does not answer (\(error.reason)): start it.")
        case .open(let error) where [-EACCES, -EPERM].contains(error.code):
            return Fault(
                .deviceFailed,
                "Device '\(device)' may not be opened (\(error.reason)): add this user to the group 'audio'.")
        case .open(let error):
            return Fault(.deviceFailed, "Device '\(device)' cannot be opened: \(error.reason).")
        case .formatRefused(let error):
            return Fault(
                .deviceFailed,
                "Device '\(device)' takes no sound of ours, not even through a converter (\(error.reason)): "
                    + "choose another one; `utter devices` lists them.")
        case .setUp(let error):
            return Fault(
                .deviceFailed,
                "Device '\(device)' cannot be set up (\(error.reason)): check that what it names exists and is not in use."
            )
        }
    }

    private static func unknown(_ device: String) -> Fault {
        let devices = PlaybackDevices.list().map(\.name)
        if device == PlaybackParameters().device {
            return Fault(
                .deviceMissing, "There is no sound device here: connect one, or write to a file with --output.")
        }
        let hint =
            devices.nearest(to: device).map { "did you mean '\($0)'?" } ?? "`utter devices` lists those there are."
        return Fault(.deviceUnknown, "There is no device '\(device)'; \(hint)")
    }

    static func lost(_ parameters: PlaybackParameters, _ error: ALSAError) -> Fault {
        Fault(
            .deviceFailed,
            "Device '\(parameters.device)' failed (\(error.reason)): reconnect it or restart its sound server; the next "
                + "answer opens it anew.")
    }

    static func stalled(_ parameters: PlaybackParameters) -> Fault {
        Fault(
            .deviceFailed,
            "Device '\(parameters.device)' has played nothing for \(Int(parameters.stallLimit.inSeconds)) s: reconnect it "
                + "or restart its sound server.")
    }

    static func hangs(_ parameters: PlaybackParameters) -> Fault {
        Fault(
            .deviceFailed,
            "Device '\(parameters.device)' hangs: reconnect it or restart its sound server; the next answer opens it anew."
        )
    }
}
