// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// What can be set while the daemon runs, and is kept over a restart. `nil`: as the settings say.
package struct Controls: Sendable, Hashable {
    /// Loudness in percent, 0 to 200.
    package var volume: Int?
    /// Words per minute, 80 to 450.
    package var rate: Int?
    /// A voice's name, or `auto`.
    package var voice: String?
    /// Nothing is spoken; answers still come as text.
    package var isMuted = false

    package init() {}

    /// - Throws: `Fault(.usage)` naming what is out of range. Whether there is such a voice is not known here.
    package func check() throws(Fault) {
        try Self.check("volume", volume, VoiceRanges.volume, "percent")
        try Self.check("rate", rate, VoiceRanges.rate, "words per minute")
        if let voice, voice.isEmpty || voice.printable != voice || voice.utf8.count > Self.longestVoice {
            throw Fault(.usage, "A voice is auto, or a name that utter voices lists.")
        }
    }

    /// UTF-8 bytes; eSpeak NG's longest identifiers have about 30.
    private static let longestVoice = 100

    private static func check(
        _ name: String, _ value: Int?, _ range: ClosedRange<Int>, _ unit: String
    ) throws(Fault) {
        guard let value, !range.contains(value) else { return }
        throw Fault(.usage, "\(name) \(value) is out of range: \(range.lowerBound) to \(range.upperBound) \(unit).")
    }
}

extension Controls: Codable {
    private enum CodingKeys: String, CodingKey {
        case volume, rate, voice
        case isMuted = "muted"
    }

    /// What is left out is as the settings say.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        volume = try values.decodeIfPresent(Int.self, forKey: .volume)
        rate = try values.decodeIfPresent(Int.self, forKey: .rate)
        voice = try values.decodeIfPresent(String.self, forKey: .voice)
        isMuted = try values.decodeIfPresent(Bool.self, forKey: .isMuted) ?? false
        try check()
    }
}
