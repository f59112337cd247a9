// SPDX-License-Identifier: GPL-3.0-or-later
import Playback
import Settings
import Utterance

extension Setup {
    /// Makes every device say its number, and asks which one was heard.
    ///
    /// - Returns: `false` at the end of the input.
    mutating func askForDevice() async throws -> Bool {
        head(3, "Loudspeaker: each device says its number.", "扬声器：每个设备说出自己的编号。")
        let devices = Self.candidates(of: world.devices(), current: settings.playback.device)
        while true {
            let working = try await speakNumbers(on: devices)
            guard !working.isEmpty else {
                say(
                    "None can be opened; answers are written to WAV files.\n",
                    "没有能打开的设备；回答会写进 WAV 文件。\n")
                return true
            }
            let question = words("Which number did you hear (0: none, or say them again)?", "您听到的是几号（0：没有，再说一遍）？")
            let numbers = working.map { "\($0)" }.joined(separator: ", ")
            let words = words
            let number = try await choose(question, upTo: devices.count, fallback: working[0]) { number in
                number == 0 || working.contains(number)
                    ? nil
                    : words(
                        "Device \(number) can't be opened; choose one of \(numbers), or 0: ",
                        "\(number) 号打不开；请选择 \(numbers)，或 0：")
            }
            guard let number else { return false }
            if number == 0 {
                guard try await goesOnListening() else { return true }
            } else {
                try set("playback", "device", .string(devices[number - 1].name))
                return true
            }
        }
    }

    private mutating func goesOnListening() async throws -> Bool {
        try await person.confirm(
            words(
                "   Is it plugged in and not muted (alsamixer shows that)? Say them again? [Y/n] ",
                "   接好了吗？有没有静音（用 alsamixer 查看）？再说一遍吗？[Y/n] "))
    }

    /// - Returns: the numbers of the devices that could be opened.
    private mutating func speakNumbers(on devices: [PlaybackDevice]) async throws -> [Int] {
        let width = devices.map(\.name.columns).max() ?? 0
        var working: [Int] = []
        person.ignoreInput()
        defer { person.acceptInput() }
        for (index, device) in devices.enumerated() {
            let description = device.description.split(separator: "\n").joined(separator: ", ").printable
            person.say("   \(index + 1)  \(device.name.printable.padded(to: width))  \(description)")
            var trial = settings
            trial.playback.device = device.name
            let fault = try await world.speak(words("Number \(index + 1).", "\(index + 1) 号。"), trial)
            person.say(fault == nil ? "\n" : words("  (can't be opened)\n", "（打不开）\n"))
            if fault == nil { working.append(index + 1) }
        }
        return working
    }

    /// Devices worth trying: of ALSA's many names for a card, the one that converts formats (plughw), and those that
    /// users and sound servers have defined. The current device comes first.
    static func candidates(of devices: [PlaybackDevice], current: String) -> [PlaybackDevice] {
        // ALSA plug-ins, which are not devices themselves.
        let plugins = ["null", "lavrate", "samplerate", "speexrate", "speex", "jack", "oss", "upmix", "vdownmix"]
        let worthwhile = devices.filter { device in
            let kind = device.name.prefix { $0 != ":" }
            return device.name == current
                || (kind == device.name ? !plugins.contains(device.name) : kind == "plughw")
        }
        let first = worthwhile.first { $0.name == current } ?? PlaybackDevice(name: current, description: "")
        return [first] + worthwhile.filter { $0.name != current }
    }

    /// Speaks on the chosen device. What is typed meanwhile is not an answer to the next question.
    ///
    /// - Returns: `false` if the device can't be opened.
    private mutating func isHeard(_ sample: String) async throws -> Bool {
        person.ignoreInput()
        defer { person.acceptInput() }
        return try await world.speak(sample, settings) == nil
    }

    /// - Returns: `false` at the end of the input.
    mutating func askForVolume() async throws -> Bool {
        head(4, "Loudness", "音量")
        while true {
            let volume = settings.speech.volume
            let sample = words("This is how loud I speak.", "我说话就是这么响。")
            guard try await isHeard(sample) else { return true }
            let question = words(
                "   Volume in percent, 0 to 200; above 100 may distort", "   音量百分比，0 到 200；超过 100 可能失真")
            let again = words("   A number from 0 to 200, please: ", "   请输入 0 到 200 的数字：")
            let answer = try await person.ask("\(question) [\(volume)] ", fallback: volume, again: { _ in again }) {
                Int($0).flatMap { (0...200).contains($0) ? $0 : nil }
            }
            guard let answer else { return false }
            if answer == volume { return true }
            try set("speech", "volume", .integer(answer))
        }
    }
}
