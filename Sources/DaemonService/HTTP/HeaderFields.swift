// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPTypes

/// Fields that swift-http-types has no names for.
extension HTTPField.Name {
    static let accelBuffering = known("X-Accel-Buffering")
    static let forwardedProto = known("X-Forwarded-Proto")
    static let lastEventID = known("Last-Event-ID")
    static let referrerPolicy = known("Referrer-Policy")
    static let secFetchDestination = known("Sec-Fetch-Dest")
    static let secFetchMode = known("Sec-Fetch-Mode")
    static let secFetchSite = known("Sec-Fetch-Site")
    /// The name of the answer among the daemon's events.
    static let utterAnswer = known("X-Utter-Answer")
    static let utterSpeak = known("X-Utter-Speak")

    private static func known(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no name.") }
        return name
    }
}

extension HTTPFields {
    /// Whether the client wants the answer to be heard: `X-Utter-Speak: true` or `false`; `nil` if it doesn't say.
    ///
    /// - Throws: ``APIError`` for another value.
    func wantsSpeech() throws(APIError) -> Bool? {
        switch self[.utterSpeak]?.lowercased() {
        case nil: nil
        case "true": true
        case "false": false
        default: throw .invalid("X-Utter-Speak has to be true or false.")
        }
    }
}
