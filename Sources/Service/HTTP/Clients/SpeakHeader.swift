// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPTypes

extension HTTPFields {
    /// Whether the client itself says that the answer is to be heard, or is not: `X-Utter-Speak: true`.
    ///
    /// - Throws: ``APIError`` if it is neither.
    func wantsSpeech() throws(APIError) -> Bool? {
        switch self[.utterSpeak]?.lowercased() {
        case nil: nil
        case "true": true
        case "false": false
        default: throw .invalid("X-Utter-Speak has to be true or false.")
        }
    }
}

extension HTTPField.Name {
    /// The name of the answer among the daemon's events.
    static let utterAnswer = named("X-Utter-Answer")
    static let utterSpeak = named("X-Utter-Speak")

    private static func named(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no name of a field.") }
        return name
    }
}
