// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// What can be changed while the daemon runs, and survives a restart. `nil`: the settings' value.
package struct Controls: Sendable, Hashable {
    /// Loudness in percent, 0 to 200.
    package var volume: Int?
    /// Words per minute, 80 to 450.
    package var rate: Int?
    /// A voice's name, or `auto`.
    package var voice: String?
    /// The volume is zero; answers continue.
    package var isMuted = false

    package init() {}

    /// - Throws: `Fault(.usage)` for a value out of range. Whether the voice exists is checked elsewhere.
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

    /// A missing value is the settings'.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        volume = try values.decodeIfPresent(Int.self, forKey: .volume)
        rate = try values.decodeIfPresent(Int.self, forKey: .rate)
        voice = try values.decodeIfPresent(String.self, forKey: .voice)
        isMuted = try values.decodeIfPresent(Bool.self, forKey: .isMuted) ?? false
        try check()
    }
}

extension Controls {
    private static let names = ["volume", "rate", "voice", "muted"]

    /// The controls with some of them changed.
    ///
    /// - Parameter values: by their names in JSON: `volume`, `rate`, `voice`, where null means the settings' value, and
    ///   `muted`.
    /// - Throws: `Fault(.usage)` for an unknown name, and for a value of the wrong type or out of range.
    package func changed(by values: [String: JSONValue]) throws(Fault) -> Controls {
        var controls = self
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            switch (name, value) {
            case ("volume", .integer(let volume)): controls.volume = volume
            case ("volume", .null): controls.volume = nil
            case ("rate", .integer(let rate)): controls.rate = rate
            case ("rate", .null): controls.rate = nil
            case ("voice", .string(let voice)): controls.voice = voice
            case ("voice", .null): controls.voice = nil
            case ("muted", .bool(let isMuted)): controls.isMuted = isMuted
            default: throw Self.misfit(name)
            }
        }
        try controls.check()
        return controls
    }

    private static func misfit(_ name: String) -> Fault {
        switch name {
        case "volume", "rate": return Fault(.usage, "\(name) is a whole number, or null for the settings' value.")
        case "voice": return Fault(.usage, "voice is a voice's name, auto, or null for the settings' value.")
        case "muted": return Fault(.usage, "muted is true or false.")
        default:
            let hint = names.suggestion(for: name)
            return Fault(.usage, "There is no \(name) to set.\(hint) Possible names: \(names.joined(separator: ", ")).")
        }
    }
}
