// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
package import Utterance

extension Controls {
    private static let names = ["volume", "rate", "voice", "muted"]

    /// The controls with some of them set anew.
    ///
    /// - Parameter values: by their names, as JSON has them: `volume`, `rate`, `voice`, where null means as the settings
    ///   say, and `muted`.
    /// - Throws: `Fault(.usage)` for a name that is none, and for a value of the wrong type or out of range.
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
        case "volume", "rate": return Fault(.usage, "\(name) is a whole number, or null for what the settings say.")
        case "voice": return Fault(.usage, "voice is a voice's name, auto, or null for what the settings say.")
        case "muted": return Fault(.usage, "muted is true or false.")
        default:
            let hint = names.nearest(to: name).map { " Did you mean \($0)?" } ?? ""
            return Fault(.usage, "There is nothing called \(name) to set.\(hint) There is: volume, rate, voice, muted.")
        }
    }
}
