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
