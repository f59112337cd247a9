// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Reads a reply that has a JSON object on every line.
struct LineReplyDecoder: ReplyDecoder {
    private let diagnosis: FaultMapper
    private let read: @Sendable (JSONValue) -> ReplyPart
    private var lines = LineReader()
    private var reply: ReplyProgress

    init(diagnosis: FaultMapper, read: @escaping @Sendable (JSONValue) -> ReplyPart) {
        self.diagnosis = diagnosis
        self.read = read
        reply = ReplyProgress(diagnosis)
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

    /// Half a line tells of a connection that broke, not of a server that speaks something else.
    private func isCut(_ line: [UInt8]) -> Bool {
        (reply.hasBegun || line.first { $0 > 0x20 } == UInt8(ascii: "{")) && !JSON.isValid(line)
    }

    private mutating func add(_ line: [UInt8]) {
        guard !line.isBlank else { return }
        guard let value = try? JSON.object(line) else { return reply.fail(diagnosis.notJSON(line)) }
        reply.add(read(value))
    }
}
