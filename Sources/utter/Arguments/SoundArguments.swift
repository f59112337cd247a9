// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Assistant
import DaemonAPI
import Settings
import Utterance

/// How an answer sounds, and where it is played.
struct SoundArguments: ParsableArguments {
    @OptionGroup var voice: VoiceArguments

    @Option(help: "The playback device (see utter devices).", completion: Completions.devices)
    var device: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "Write a WAV file instead of playing; - is standard output, and the text then goes to standard error.",
            valueName: "file"))
    var output: String?

    /// The given options that say where to play it.
    var given: [String] {
        (device == nil ? [] : ["--device"]) + (output == nil ? [] : ["--output"])
    }

    func apply(to settings: inout Settings) throws(Fault) {
        try voice.apply(to: &settings)
        if let device {
            settings.playback.device = device
            settings.playback.fallbackDevices = []
        }
        if let output { try Self.check(output: output) }
    }

    /// - Throws: `Fault(.usage)` for a name with the extension of another format than WAV.
    private static func check(output: String) throws(Fault) {
        let name = output.lowercased()
        if let other = ["aac", "flac", "m4a", "mp3", "oga", "ogg", "opus"].first(where: { name.hasSuffix(".\($0)") }) {
            throw Fault(
                .usage,
                "--output writes WAV, not \(other): name the file .wav, and convert it with ffmpeg or sox.")
        }
        if output == "" { throw Fault(.usage, "--output needs a file name, or - for standard output.") }
    }
}

/// How an answer sounds. Options that are left out default to the settings of this process or the daemon.
struct VoiceArguments: ParsableArguments {
    @Option(help: "auto, or an eSpeak NG voice (see utter voices).", completion: Completions.voices)
    var voice: String?

    @Option(help: "Speaking rate in words per minute, 80 to 450.")
    var rate: Int?

    /// Applies the options to the settings; a voice overrides the persona's.
    func apply(to settings: inout Settings) throws(Fault) {
        if let voice { settings.use(voice: voice) }
        if let rate {
            try Self.check(rate: rate)
            settings.speech.rate = rate
        }
    }

    /// The same for the daemon.
    func delivery() throws(Fault) -> Delivery {
        if let rate { try Self.check(rate: rate) }
        var options = Delivery()
        options.voice = voice
        options.rate = rate
        return options
    }

    /// - Throws: `Fault(.usage)` if the rate is out of range.
    static func check(rate: Int) throws(Fault) {
        let range = VoiceRanges.rate
        guard range.contains(rate) else {
            throw Fault(
                .usage,
                "A rate of \(rate) is out of range: \(range.lowerBound) to \(range.upperBound) words per minute.")
        }
    }
}
