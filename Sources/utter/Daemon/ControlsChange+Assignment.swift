// SPDX-License-Identifier: GPL-3.0-or-later
import ServiceClient
import Utterance

extension ControlsChange {
    /// One `name=value` of the command line.
    enum Assignment: Equatable {
        case volume(Change<Int>)
        case rate(Change<Int>)
        case voice(Change<String>)
        case mute(Bool)

        /// Whether a value is in range the daemon knows.
        ///
        /// - Throws: `Fault(.usage)` if it is none.
        init(_ argument: String) throws(Fault) {
            guard let equals = argument.firstIndex(of: "=") else {
                throw Fault(.usage, "\"\(argument)\" changes nothing: write NAME=VALUE, such as volume=80.")
            }
            let name = String(argument[..<equals])
            let value = String(argument[equals...].dropFirst())
            switch name {
            case "volume": self = .volume(try Self.number(value, of: name, "in percent, such as 80"))
            case "rate": self = .rate(try Self.number(value, of: name, "of words per minute, such as 200"))
            case "voice": self = .voice(value == Self.asConfigured ? .toDefault : .to(value))
            case "mute": self = .mute(try Self.flag(value))
            default:
                let names = ["volume", "rate", "voice", "mute"]
                let hint = names.nearest(to: name).map { " Did you mean \($0)?" } ?? ""
                throw Fault(
                    .usage, "There is no \"\(name)\" to set.\(hint) There is: \(names.joined(separator: ", ")).")
            }
        }

        private static let asConfigured = "default"

        private static func number(_ text: String, of name: String, _ unit: String) throws(Fault) -> Change<Int> {
            if text == asConfigured { return .toDefault }
            guard let number = Int(text) else {
                throw Fault(.usage, "\(name) is a whole number \(unit), or default; not \"\(text)\".")
            }
            return .to(number)
        }

        private static func flag(_ text: String) throws(Fault) -> Bool {
            switch text {
            case "on", "true", "yes": true
            case "off", "false", "no", asConfigured: false
            default: throw Fault(.usage, "mute is on or off, not \"\(text)\".")
            }
        }
    }

    /// The last of several for one thing counts.
    mutating func set(_ assignment: Assignment) {
        switch assignment {
        case .volume(let change): volume = change
        case .rate(let change): rate = change
        case .voice(let change): voice = change
        case .mute(let flag): isMuted = flag
        }
    }
}
