// SPDX-License-Identifier: GPL-3.0-or-later
import CALSA
import Glibc

/// The mixer of a sound card.
@safe
final class Mixer {
    private let handle: OpaquePointer

    /// - Parameter control: an ALSA control device, such as `hw:Audio`.
    /// - Returns: `nil` if it has no mixer.
    init?(of control: String) {
        utter_alsa_silence()
        var opened: OpaquePointer?
        guard unsafe snd_mixer_open(&opened, 0) >= 0, let handle = unsafe opened else { return nil }
        guard unsafe snd_mixer_attach(handle, control) >= 0,
            unsafe snd_mixer_selem_register(handle, nil, nil) >= 0, unsafe snd_mixer_load(handle) >= 0
        else {
            unsafe snd_mixer_close(handle)
            return nil
        }
        unsafe self.handle = handle
    }

    deinit {
        unsafe snd_mixer_close(handle)
    }

    /// Become readable when the mixer is changed.
    var descriptors: [pollfd] {
        let count = unsafe snd_mixer_poll_descriptors_count(handle)
        guard count > 0 else { return [] }
        var descriptors = Array(repeating: pollfd(), count: Int(count))
        let filled = unsafe snd_mixer_poll_descriptors(handle, &descriptors, UInt32(count))
        return Array(descriptors.prefix(Int(max(filled, 0))))
    }

    /// Reads the changes.
    ///
    /// - Returns: whether the card is still there.
    func update() -> Bool {
        unsafe snd_mixer_handle_events(handle) >= 0
    }

    /// What the main controls do to the sound: `Master` and `PCM`, or else the first one for playback.
    var state: SpeakerState {
        var main: [Control] = []
        var first: Control?
        var next = unsafe snd_mixer_first_elem(handle)
        while let element = unsafe next {
            unsafe next = snd_mixer_elem_next(element)
            guard let control = unsafe Control(element) else { continue }
            first = first ?? control
            if ["Master", "PCM"].contains(control.name) { main.append(control) }
        }
        let controls = main.isEmpty ? [first].compactMap(\.self) : main
        if controls.contains(where: \.isMuted) { return .muted }
        let volume = controls.compactMap(\.volume).min()
        return volume == 0 ? .silent : .audible(volume: volume)
    }

    /// A playback control.
    private struct Control {
        let name: String
        let isMuted: Bool
        /// Of the loudest channel, in percent.
        let volume: Int?

        init?(_ element: OpaquePointer) {
            guard unsafe snd_mixer_selem_is_active(element) != 0 else { return nil }
            let hasVolume = unsafe snd_mixer_selem_has_playback_volume(element) != 0
            let hasSwitch = unsafe snd_mixer_selem_has_playback_switch(element) != 0
            guard hasVolume || hasSwitch else { return nil }
            name = unsafe String(cString: snd_mixer_selem_get_name(element))
            var (low, high) = (0, 0)
            _ = unsafe snd_mixer_selem_get_playback_volume_range(element, &low, &high)
            var switches: [CInt] = []
            var loudest: Int?
            for number in 0...SND_MIXER_SCHN_LAST.rawValue {
                let channel = snd_mixer_selem_channel_id_t(rawValue: number)
                guard unsafe snd_mixer_selem_has_playback_channel(element, channel) != 0 else { continue }
                var (isOn, value) = (CInt(1), 0)
                if hasSwitch, unsafe snd_mixer_selem_get_playback_switch(element, channel, &isOn) >= 0 {
                    switches.append(isOn)
                }
                if hasVolume, unsafe snd_mixer_selem_get_playback_volume(element, channel, &value) >= 0 {
                    loudest = max(loudest ?? value, value)
                }
            }
            isMuted = !switches.isEmpty && switches.allSatisfy { $0 == 0 }
            volume = loudest.flatMap { high > low ? ($0 - low) * 100 / (high - low) : nil }
        }
    }
}
