// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
package import Pipeline

/// One thing that the daemon says it does.
package enum ServiceEvent: Sendable, Equatable {
    /// A request was taken; so many answers speak before its own.
    case queued(answer: String, ahead: Int)
    /// What happens to an answer.
    case answer(Event)
    /// So many events were lost, of whatever: they were read too slowly.
    case missed(Int)
    /// Anything else, by its name: how the device sounds has changed, or what a newer daemon knows of.
    case other(String)

    private struct Missed: Decodable {
        var count: Int
    }

    private struct Queued: Decodable {
        var answer: String
        var ahead: Int
    }

    /// - Throws: `DecodingError` if it is not what its name says.
    init(_ message: EventReader.Message) throws {
        let data = Data(message.data)
        if message.name == "queued" {
            let queued = try JSONDecoder().decode(Queued.self, from: data)
            self = .queued(answer: queued.answer, ahead: queued.ahead)
        } else if message.name == "missed" {
            self = .missed(try JSONDecoder().decode(Missed.self, from: data).count)
        } else if Event.Name(rawValue: message.name) != nil {
            self = .answer(try JSONDecoder().decode(Event.self, from: data))
        } else {
            self = .other(message.name)
        }
    }
}
