// SPDX-License-Identifier: GPL-3.0-or-later
import CALSA
import Utterance

/// Opens the most preferred device that is available.
struct DeviceChoice {
    /// A device that was opened.
    struct Opened: ~Copyable {
        let pcm: PCM
        /// Its name in the settings; `pcm` may have another name.
        let device: String
        let isPreferred: Bool
        let notice: Notice?

        consuming func takePCM() -> PCM { pcm }
    }

    private let parameters: PlaybackParameters
    /// Devices that have been open: if one is missing, it was unplugged.
    private var known: Set<String> = []

    init(_ parameters: PlaybackParameters) {
        self.parameters = parameters
    }

    /// - Parameter fallsBack: whether to try the fallback devices if the preferred one is missing.
    /// - Throws: why the preferred device can't be opened.
    mutating func open(_ format: PCMFormat, fallsBack: Bool) throws(Fault) -> Opened {
        do throws(Fault) {
            return try openPreferred(format, fallsBack: fallsBack)
        } catch {
            // alsa-lib's cached configuration may refer to the cards that were there then.
            snd_config_update_free_global()
            for device in fallsBack ? parameters.fallbacks : [] {
                guard let pcm = try? PCM.open(device, parameters, format: format) else { continue }
                let notice = Notice.substituted(parameters.device, by: device)
                return Opened(pcm: pcm, device: device, isPreferred: false, notice: notice)
            }
            throw error
        }
    }

    private mutating func openPreferred(_ format: PCMFormat, fallsBack: Bool) throws(Fault) -> Opened {
        let device = parameters.device
        do throws(PCM.OpeningError) {
            let pcm = try PCM.open(device, parameters, format: format)
            known.insert(device)
            let notice = pcm.name == device ? nil : Notice.converted(device, by: pcm.name)
            return Opened(pcm: pcm, device: device, isPreferred: true, notice: notice)
        } catch {
            let wasOpen = known.contains(device)
            if case .open(let reason) = error, reason.isAbsence, fallsBack || !wasOpen,
                let pcm = openOtherDefault(format)
            {
                let notice = Notice.substituted(device, by: pcm.name)
                return Opened(pcm: pcm, device: device, isPreferred: !wasOpen, notice: notice)
            }
            throw .notOpened(device, error, wasOpen: wasOpen)
        }
    }

    /// Unless configured otherwise, ALSA's default is its card 0, even if card 0 is gone.
    private func openOtherDefault(_ format: PCMFormat) -> PCM? {
        guard parameters.device == PlaybackParameters().device else { return nil }
        for card in SoundCards().ids {
            for name in ["sysdefault:CARD=\(card)", "plughw:CARD=\(card),DEV=0"] {
                if let pcm = try? PCM.open(name, parameters, format: format) { return pcm }
            }
        }
        return nil
    }
}

extension PCM {
    /// Opens a device, if necessary through ALSA's converter ("plug"), so that any format, channel count and rate will
    /// do.
    fileprivate static func open(
        _ device: String, _ parameters: PlaybackParameters, format: PCMFormat
    ) throws(OpeningError) -> PCM {
        do throws(OpeningError) {
            return try open(
                device, format: format, bufferTime: parameters.bufferTime, periodTime: parameters.periodTime)
        } catch {
            guard case .formatRefused = error else { throw error }
            return try open(
                converter(for: device), format: format, bufferTime: parameters.bufferTime,
                periodTime: parameters.periodTime)
        }
    }

    /// The same device, through ALSA's converter.
    static func converter(for device: String) -> String {
        device.hasPrefix("hw:") ? "plug\(device)" : "plug:'\(device)'"
    }
}
