// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Settings
import Utterance

/// How it sounds and where.
struct SoundArguments: ParsableArguments {
    @OptionGroup var voice: VoiceArguments

    @Option(help: "The playback device (see utter devices).")
    var device: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "Write a WAV file instead of playing; - is standard output, the text then goes to standard error.",
            valueName: "file"))
    var output: String?

    /// The options that were given for where it sounds.
    var given: [String] {
        (device == nil ? [] : ["--device"]) + (output == nil ? [] : ["--output"])
    }

    func apply(to settings: inout Settings) throws(Fault) {
        try voice.apply(to: &settings)
        if let device { settings.playback.device = device }
        if output == "" { throw Fault(.usage, "--output needs a file name, or - for standard output.") }
    }
}
