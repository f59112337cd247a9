// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
package import Pipeline
package import Utterance

/// Something that the device does, for clients that watch it.
package enum DeviceEvent: Sendable, Equatable {
    /// A request was taken; its answer's own events follow.
    case queued(Queued)
    /// An announcement was not said because of the device's rules.
    case refused(Refused)
    /// An event of an answer.
    case answer(Event)
    /// The controls were changed.
    case controls(Controls)
    /// The speaker came, went, or was muted or made audible.
    case speaker(Speaker)
    /// Events before this one were lost: the client read too slowly.
    case missed(Missed)
    /// An event that only a newer daemon knows, by its name.
    case other(String)

    /// A request that was taken.
    package struct Queued: Sendable, Equatable, Codable {
        package var answer: String
        /// `nil` if the request belongs to no conversation.
        package var session: String?
        /// The prompt, or the beginning of the text.
        package var prompt: String
        package var priority: Priority
        /// Answers that speak before it.
        package var ahead: Int

        package init(answer: String, session: String?, prompt: String, priority: Priority, ahead: Int) {
            self.answer = answer
            self.session = session
            self.prompt = prompt
            self.priority = priority
            self.ahead = ahead
        }
    }

    /// An announcement that was not said.
    package struct Refused: Sendable, Equatable, Codable {
        /// The beginning of its text.
        package var prompt: String
        package var priority: Priority
        /// The code and message that its client got.
        package var code: String
        package var message: String

        package init(prompt: String, priority: Priority, reason: Fault) {
            (self.prompt, self.priority) = (prompt, priority)
            (code, message) = (reason.code.rawValue, reason.message)
        }
    }

    package struct Missed: Sendable, Equatable, Codable {
        package var count: Int

        package init(count: Int) {
            self.count = count
        }
    }

    /// The value of the key `event`.
    package var name: String {
        switch self {
        case .queued: "queued"
        case .refused: "refused"
        case .answer(let event): event.kind.name.rawValue
        case .controls: "controls"
        case .speaker: "speaker"
        case .missed: "missed"
        case .other(let name): name
        }
    }

    /// The answer that it belongs to, if any.
    package var answer: String? {
        switch self {
        case .queued(let queued): queued.answer
        case .answer(let event): event.answer
        case .refused, .controls, .speaker, .missed, .other: nil
        }
    }

    /// It ends its answer.
    package var isLast: Bool {
        if case .answer(let event) = self { event.isLast } else { false }
    }
}

extension DeviceEvent: Encodable {
    private enum Key: String, CodingKey { case event }

    /// A flat object, as ``Event`` is encoded.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(name, forKey: .event)
        switch self {
        case .queued(let queued): try queued.encode(to: encoder)
        case .refused(let refused): try refused.encode(to: encoder)
        case .answer(let event): try event.encode(to: encoder)
        case .controls(let controls): try controls.encode(to: encoder)
        case .speaker(let speaker): try speaker.encode(to: encoder)
        case .missed(let missed): try missed.encode(to: encoder)
        case .other: break
        }
    }

    package var json: [UInt8] {
        // Encoding can't fail: no number in it is infinite.
        (try? JSON.encode(self)) ?? Array("{}".utf8)
    }

    /// - Throws: `DecodingError` if it is not what its name says.
    package init(name: String, json: [UInt8]) throws {
        func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
            try JSONDecoder().decode(type, from: Data(json))
        }
        self =
            switch name {
            case "queued": .queued(try decode())
            case "refused": .refused(try decode())
            case "controls": .controls(try decode())
            case "speaker": .speaker(try decode())
            case "missed": .missed(try decode())
            case _ where Event.Name(rawValue: name) != nil: .answer(try decode())
            default: .other(name)
            }
    }
}
