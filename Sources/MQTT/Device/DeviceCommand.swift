// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import Utterance

/// What a message asks the device to do.
enum DeviceCommand: Sendable, Hashable {
    /// The last parts of the topics that take commands.
    enum Name: String, CaseIterable {
        /// Plain text.
        case say
        case announce
        case ask
        /// The same as JSON, as the bodies of `POST /v1/say` and `POST /v1/ask`.
        case sayJSON = "say/json"
        case askJSON = "ask/json"
        /// `stop`, `pause` or `resume`.
        case command
        /// `ON` or `OFF`.
        case pause = "pause/set"
        case mute = "mute/set"
        case volume = "volume/set"
        case rate = "rate/set"
        case voice = "voice/set"
        case persona = "persona/set"
    }

    case say(SayRequest)
    case ask(AskRequest)
    case stop
    case pause
    case resume
    /// As the members of `PUT /v1/status`.
    case change([String: JSONValue])
    case persona(String)
    /// Home Assistant has started.
    case introduce

    /// - Parameter limit: the most characters of a text.
    /// - Returns: `nil` for a message that asks nothing.
    /// - Throws: ``InvalidRequest``.
    init?(_ message: IncomingMessage, topics: DeviceTopics, limit: Int) throws(InvalidRequest) {
        if message.topic == topics.homeAssistant {
            guard message.payload == Array("online".utf8) else { return nil }
            self = .introduce
            return
        }
        // A retained command would be carried out again at every connect.
        guard !message.isRetained, message.topic.hasPrefix(topics.base + "/"),
            let name = Name(rawValue: String(message.topic.dropFirst(topics.base.count + 1)))
        else { return nil }
        try self.init(name, message.payload, limit: limit)
    }

    private init(_ name: Name, _ payload: [UInt8], limit: Int) throws(InvalidRequest) {
        switch name {
        case .say, .announce:
            var fields = RequestFields(["text": .string(try Self.text(payload, name, atMost: limit * 4))])
            var request = try SayRequest(&fields, limit: limit)
            if name == .announce { request.delivery.priority = .important }
            self = .say(request)
        case .ask:
            var fields = RequestFields(["prompt": .string(try Self.text(payload, name, atMost: limit * 4))])
            self = .ask(try AskRequest(&fields, limit: limit))
        case .sayJSON:
            var fields = try RequestFields(parsing: payload)
            self = .say(try SayRequest(&fields, limit: limit))
        case .askJSON:
            var fields = try RequestFields(parsing: payload)
            self = .ask(try AskRequest(&fields, limit: limit))
        case .command:
            switch try Self.text(payload, name) {
            case "stop": self = .stop
            case "pause": self = .pause
            case "resume": self = .resume
            default: throw InvalidRequest(name.rawValue, "has to be stop, pause or resume.")
            }
        case .pause: self = try Self.flag(payload, name) ? .pause : .resume
        case .mute: self = .change(["muted": .bool(try Self.flag(payload, name))])
        case .volume: self = .change(["volume": .integer(try Self.number(payload, name))])
        case .rate: self = .change(["rate": .integer(try Self.number(payload, name))])
        case .voice: self = .change(["voice": .string(try Self.text(payload, name))])
        case .persona: self = .persona(try Self.text(payload, name))
        }
    }

    /// Bytes of what is not to be spoken.
    private static let longestValue = 256

    private static func text(
        _ payload: [UInt8], _ name: Name, atMost limit: Int = longestValue
    ) throws(InvalidRequest) -> String {
        guard payload.count <= limit else {
            throw InvalidRequest(name.rawValue, "has more than \(limit) bytes.", code: "too_long")
        }
        guard let text = String(validating: payload, as: UTF8.self) else {
            throw InvalidRequest(name.rawValue, "has to be UTF-8.")
        }
        return text
    }

    private static func flag(_ payload: [UInt8], _ name: Name) throws(InvalidRequest) -> Bool {
        switch try text(payload, name) {
        case "ON": return true
        case "OFF": return false
        default: throw InvalidRequest(name.rawValue, "has to be ON or OFF.")
        }
    }

    /// A whole number, perhaps written as `80.0`.
    private static func number(_ payload: [UInt8], _ name: Name) throws(InvalidRequest) -> Int {
        guard let number = Double(try text(payload, name)).flatMap(Int.init(exactly:)) else {
            throw InvalidRequest(name.rawValue, "has to be a whole number.")
        }
        return number
    }
}
