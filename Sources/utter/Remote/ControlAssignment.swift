// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// A `name=value` argument, in the form that the daemon accepts.
struct ControlAssignment {
    let name: String
    let value: JSONValue

    private static let asConfigured = "default"

    /// Parses the argument. The daemon checks whether the value is in range.
    ///
    /// - Throws: `Fault(.usage)` for an argument that is not an assignment, or a value of the wrong type.
    init(_ argument: String) throws(Fault) {
        guard let equals = argument.firstIndex(of: "=") else {
            throw Fault(.usage, "\"\(argument)\" is not an assignment: write NAME=VALUE, such as volume=80.")
        }
        let name = String(argument[..<equals])
        let value = String(argument[equals...].dropFirst())
        self.name = name == "mute" ? "muted" : name
        switch name {
        case "volume": self.value = try Self.number(value, of: name, "in percent, such as 80")
        case "rate": self.value = try Self.number(value, of: name, "of words per minute, such as 200")
        case "voice": self.value = value == Self.asConfigured ? .null : .string(value)
        case "mute": self.value = .bool(try Self.flag(value))
        default:
            let names = ["volume", "rate", "voice", "mute"]
            let hint = names.suggestion(for: name)
            throw Fault(
                .usage, "There is no \"\(name)\" to set.\(hint) Possible names: \(names.joined(separator: ", ")).")
        }
    }

    private static func number(_ text: String, of name: String, _ unit: String) throws(Fault) -> JSONValue {
        if text == asConfigured { return .null }
        guard let number = Int(text) else {
            throw Fault(.usage, "\(name) must be a whole number \(unit), or default; not \"\(text)\".")
        }
        return .integer(number)
    }

    private static func flag(_ text: String) throws(Fault) -> Bool {
        switch text {
        case "on", "true", "yes": true
        case "off", "false", "no", asConfigured: false
        default: throw Fault(.usage, "mute must be on or off, not \"\(text)\".")
        }
    }
}
