// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Settings
import Speech
import Utterance

/// How it sounds and where.
struct SoundArguments: ParsableArguments {
    @Option(help: "auto, or an eSpeak NG voice (see utter voices).")
    var voice: String?

    @Option(help: "Speaking rate in words per minute, 80 to 450.")
    var rate: Int?

    @Option(help: "The playback device (see utter devices).")
    var device: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "Write a WAV file instead of playing; - is standard output, the text then goes to standard error.",
            valueName: "file"))
    var output: String?

    func apply(to settings: inout Settings) throws(Fault) {
        if let voice { settings.speech.voice = voice == "auto" ? nil : voice }
        if let rate {
            guard VoiceParameters.rates.contains(rate) else {
                let range = VoiceParameters.rates
                throw Fault(
                    .usage,
                    "--rate \(rate) is out of range: \(range.lowerBound) to \(range.upperBound) words per minute.")
            }
            settings.speech.rate = rate
        }
        if let device { settings.playback.device = device }
        if output == "" { throw Fault(.usage, "--output needs a file name, or - for standard output.") }
    }
}
