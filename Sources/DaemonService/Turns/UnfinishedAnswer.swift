// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import Pipeline
import Utterance

/// An answer in a conversation that has not ended, as far as its text came and was heard.
package struct UnfinishedAnswer: Sendable, Equatable, Codable {
    /// The request, as `POST /v1/ask` takes it.
    private let json: JSONValue
    /// When it was taken, in seconds since 1970.
    let taken: Double
    /// How often it was taken up again.
    let resumptions: Int
    /// What was heard of it before it was taken up again.
    let said: String
    /// The rest of it without reasoning, as far as it is kept.
    private(set) var text = ""
    /// UTF-8 bytes of the answer's text, once the model has finished.
    private var length: Int?
    /// UTF-8 offset in `text` up to which its pieces were heard.
    private var heardEnd = 0
    /// Where `text` begins in the answer's text.
    private var start = 0
    /// UTF-8 bytes of all text since `start`, kept or not.
    private var arrived = 0
    /// Ends of the pieces that were not heard yet, as UTF-8 offsets in the answer's text.
    private var ends: [Int: Int] = [:]
    /// There was more text than is kept.
    private var isCut = false

    /// UTF-8 bytes of text.
    private static let longest = 1 << 16
    /// Seconds. An answer that was taken longer ago is not spoken unasked.
    private static let greatestAge = 15.0 * 60
    /// An answer that ends the daemon each time does not do so for ever.
    private static let mostResumptions = 3

    private enum CodingKeys: String, CodingKey {
        case taken, resumptions, said, text, length, start, arrived, ends
        case json = "request"
        case heardEnd = "heard_end"
        case isCut = "cut"
    }

    /// - Parameter wall: the time in seconds since 1970.
    init(_ request: AskRequest, at wall: Double) {
        (json, taken, resumptions, said) = (request.json, wall, 0, "")
    }

    /// The same answer, taken up again at the piece that was cut.
    init(resuming other: UnfinishedAnswer) {
        (json, taken, resumptions) = (other.json, other.taken, other.resumptions + 1)
        said = other.heard
    }

    /// `nil` if this version does not know the request, or the file holds what no daemon writes.
    var request: AskRequest? {
        guard (0...text.utf8.count).contains(heardEnd), (0...Int(Int32.max)).contains(start),
            (0...Self.mostResumptions).contains(resumptions)
        else { return nil }
        guard let bytes = try? JSON.encode(json), var fields = try? RequestFields(parsing: bytes) else { return nil }
        return try? AskRequest(&fields, limit: .max)
    }

    /// - Returns: whether it has changed enough to be saved.
    mutating func note(_ event: Event.Kind) -> Bool {
        switch event {
        case .text(let more):
            arrived += more.utf8.count
            isCut = isCut || text.utf8.count + more.utf8.count > Self.longest
            if !isCut { text += more }
            return false
        case .discard:
            start += arrived
            (text, ends, heardEnd, arrived, isCut) = ("", [:], 0, 0, false)
            return true
        case .piece(let piece):
            ends[piece.index] = piece.end
            return true
        case .heard(let index):
            guard let end = ends.removeValue(forKey: index) else { return false }
            heardEnd = max(heardEnd, min(end - start, text.utf8.count))
            return true
        default: return false
        }
    }

    /// The model has finished; its last text may not be noted yet.
    ///
    /// - Parameter length: UTF-8 bytes of all text.
    mutating func complete(length: Int) {
        self.length = length
    }

    /// All of the text is kept.
    var isWhole: Bool { !isCut && length.map { start + text.utf8.count >= $0 } ?? false }

    /// - Parameter wall: the time in seconds since 1970.
    func isResumable(at wall: Double) -> Bool {
        abs(wall - taken) <= Self.greatestAge && resumptions < Self.mostResumptions
    }

    /// All that was heard of it.
    var heard: String { said + String(decoding: text.utf8.prefix(heardEnd), as: UTF8.self) }
    /// The rest, from the piece that was cut.
    var unheard: String { String(decoding: text.utf8.dropFirst(heardEnd), as: UTF8.self) }
}
