// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Splits chunks of bytes into lines at LF. (Not at CR, U+2028 or U+0085, which JSON strings may contain.)
struct LineReader: Sendable, Hashable {
    /// Ollama's own limit for a line, in bytes; 64 KB has proven too small in practice.
    static let longestLine = 8 << 20

    private var partial: [UInt8] = []

    /// Calls `take` with every line that `bytes` complete, without its end.
    ///
    /// - Throws: a `modelProtocol` fault if a line exceeds ``longestLine``.
    mutating func read(_ bytes: [UInt8], _ take: ([UInt8]) -> Void) throws(Fault) {
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 0x0A) {
            try append(rest[..<end])
            take(partial)
            partial.removeAll(keepingCapacity: true)
            rest = rest[(end + 1)...]
        }
        try append(rest)
    }

    /// Returns the last line, if the stream ended without LF.
    mutating func takeRest() -> [UInt8]? {
        defer { partial = [] }
        return partial.isEmpty ? nil : partial
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) throws(Fault) {
        guard partial.count + bytes.count <= Self.longestLine else {
            throw Fault(
                .modelProtocol,
                "The model server sent a line of more than 8 MB: is this address really a model server's?")
        }
        partial += bytes
    }
}

/// A provider's line.
protocol ReplyLine: Decodable, Sendable {
    var part: ReplyPart { get }
}

/// Reads a reply with a JSON object on every line.
struct LineReplyDecoder<Line: ReplyLine>: ReplyDecoder {
    private let mapper: FaultMapper
    private var lines = LineReader()
    private var reply: ReplyProgress

    init(mapper: FaultMapper) {
        self.mapper = mapper
        reply = ReplyProgress(mapper)
    }

    mutating func decode(_ bytes: [UInt8]) -> [ReplyElement] {
        var complete: [[UInt8]] = []
        let overflow = Result { () throws(Fault) in try lines.read(bytes) { complete.append($0) } }
        for line in complete { add(line) }
        if case .failure(let fault) = overflow { reply.fail(fault) }
        return reply.take()
    }

    mutating func end() -> [ReplyElement] {
        if let line = lines.takeRest(), !isCut(line) { add(line) }
        reply.end()
        return reply.take()
    }

    /// Whether a line is incomplete: half a line means a broken connection, not a server that speaks another protocol.
    private func isCut(_ line: [UInt8]) -> Bool {
        (reply.hasBegun || line.first { $0 > 0x20 } == UInt8(ascii: "{")) && !JSON.isValid(line)
    }

    private mutating func add(_ line: [UInt8]) {
        guard !line.isBlank else { return }
        guard let line = try? JSON.decode(Line.self, from: line) else { return reply.fail(mapper.notJSON(line)) }
        reply.add(line.part)
    }
}
