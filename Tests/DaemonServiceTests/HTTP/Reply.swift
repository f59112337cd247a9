// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import LanguageModel
import Utterance

/// What the daemon answered.
struct Reply: Sendable {
    var status: Int
    /// By their names in lower case.
    var headers: [String: String]
    var body: [UInt8] = []

    var text: String { String(decoding: body, as: UTF8.self) }

    var json: [String: JSONValue] {
        (try? JSONDecoder().decode([String: JSONValue].self, from: Data(body))) ?? [:]
    }

    /// The error's code; `nil` if it is none as they all are: a code and a sentence.
    var errorCode: String? {
        guard headers["content-type"] == "application/json", json.count == 1, case .object(let error)? = json["error"],
            error.count == 2, case .string(let code)? = error["code"], case .string(let message)? = error["message"],
            message.count > 10, message.hasSuffix(".")
        else { return nil }
        return code
    }

    subscript(key: String) -> JSONValue? { json[key] }
}

/// One event of a stream.
struct ServerEvent: Sendable {
    var id: String?
    var name: String?
    var data = ""

    var json: [String: JSONValue] {
        (try? JSONDecoder().decode([String: JSONValue].self, from: Data(data.utf8))) ?? [:]
    }
}

extension RawClient {
    /// The next event; comments are skipped; `nil` at the stream's end. To be called after ``head()``.
    func event() async -> ServerEvent? {
        var event = ServerEvent()
        while let line = await streamLine() {
            if line.isEmpty, event.name != nil { return event }
            let parts = line.split(separator: ":", maxSplits: 1).map { String($0.drop { $0 == " " }) }
            switch parts.first {
            case "id": event.id = parts[1]
            case "event": event.name = parts[1]
            case "data": event.data = parts[1]
            default: break
            }
        }
        return nil
    }

    /// The events up to the first of this name.
    func events(to name: String) async -> [ServerEvent] {
        var events: [ServerEvent] = []
        while let event = await event() {
            events.append(event)
            if event.name == name { break }
        }
        return events
    }
}
