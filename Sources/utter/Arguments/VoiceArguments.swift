import ArgumentParser
// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import ServiceClient
import Settings
import Utterance

/// How it sounds. What is not given is as the settings say, this process's or the daemon's.
struct VoiceArguments: ParsableArguments {
    @Option(help: "auto, or an eSpeak NG voice (see utter voices).")
    var voice: String?

    @Option(help: "Speaking rate in words per minute, 80 to 450.")
    var rate: Int?

    /// Lays the options over the settings, and over the persona's voice.
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

    /// - Throws: `Fault(.usage)` if nobody can speak so.
    static func check(rate: Int) throws(Fault) {
        let range = VoiceRanges.rate
        guard range.contains(rate) else {
            throw Fault(
                .usage,
                "A rate of \(rate) is out of range: \(range.lowerBound) to \(range.upperBound) words per minute.")
        }
    }
}
