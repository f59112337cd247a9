// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Reads a reply of server-sent events, or one JSON object from a server that doesn't stream.
struct EventReplyDecoder: ReplyDecoder {
    private let mapper: FaultMapper
    private let read: @Sendable (JSONValue) -> ReplyPart

    /// The first byte decides, since the content type is not reliable.
    private enum Form {
        case unknown
        case events
        case document([UInt8])
    }

    private var form = Form.unknown
    private var reader = SSEReader(limit: LineReader.longestLine)
    private var reply: ReplyProgress

    init(mapper: FaultMapper, read: @escaping @Sendable (JSONValue) -> ReplyPart) {
        self.mapper = mapper
        self.read = read
        reply = ReplyProgress(mapper)
    }

    mutating func decode(_ bytes: [UInt8]) -> [ReplyElement] {
        switch form {
        case .unknown:
            // Leading whitespace means nothing in either form, however the bytes are split.
            let start = bytes.drop { $0 <= 0x20 }
            guard let first = start.first else { break }
            form = first == UInt8(ascii: "{") || first == UInt8(ascii: "[") ? .document([]) : .events
            return decode(Array(start))
        case .document(var document):
            form = .unknown  // so that the array isn't copied
            document += bytes
            if document.count > LineReader.longestLine { reply.fail(mapper.notJSON(document)) }
            form = .document(document)
        case .events:
            var events: [ServerSentEvent] = []
            let result = Result { () throws(SSEReader.TooLong) in try reader.read(bytes) { events.append($0) } }
            for event in events where !add(event) { reply.fail(mapper.notJSON(event.data)) }
            if case .failure = result { reply.fail(.endlessEvent) }
        }
        return reply.take()
    }

    mutating func end() -> [ReplyElement] {
        switch form {
        case .document(let document): addDocument(document)
        case .events, .unknown:
            // An event that was cut off in the middle is not JSON, and doesn't need a separate error.
            if let event = reader.takeRest() { _ = add(event) }
        }
        if !reply.hasFinished, !reply.hasBegun, let line = reader.foreignLine { reply.fail(mapper.notJSON(line)) }
        reply.end()
        return reply.take()
    }

    /// - Returns: `false` if the data is not JSON; then nothing has changed.
    private mutating func add(_ event: ServerSentEvent) -> Bool {
        if event.name == "error" {
            reply.fail(mapper.fault(ServerError(event: event.data)))
            return true
        }
        if add(event.data) { return true }
        let areData = event.lines.count > 1 && event.lines.allSatisfy { JSON.isValid($0) || $0.isDoneMark }
        for line in event.lines where areData { _ = add(line) }
        return areData
    }

    /// - Returns: `false` if `data` is not a JSON object; then nothing has changed.
    private mutating func add(_ data: [UInt8]) -> Bool {
        if data.isBlank { return true }
        if data.isDoneMark {
            reply.end()
            return true
        }
        guard let value = try? JSON.object(data) else { return false }
        reply.add(read(value))
        return true
    }

    private mutating func addDocument(_ document: [UInt8]) {
        if let part = (try? JSON.object(document)).map(read), part.isAnswer || part.error != nil {
            reply.add(part)
            reply.hasFinished = part.isAnswer  // a whole document is complete
        } else {
            reply.fail(mapper.fault(ServerError(event: document)))
        }
    }
}

extension Fault {
    fileprivate static let endlessEvent = Fault(
        .modelProtocol, "The model server sent an event of more than 8 MB: is this address really a model server's?")
}

extension [UInt8] {
    /// `[DONE]`, perhaps with other text around it.
    fileprivate var isDoneMark: Bool {
        drop { $0 <= 0x20 }.starts(with: Array<UInt8>("[DONE]".utf8))
    }
}
