// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Reads the reply of an OpenAI-compatible server: a stream of server-sent events, or one JSON object.
///
/// The sign of success is a `finish_reason`. `[DONE]` is none (vLLM, LocalAI and OneAPI send it after errors, too), and
/// its absence no failure.
struct OpenAIReplyDecoder: ReplyDecoder {
    let diagnosis: Diagnosis

    /// The first byte tells which; servers label either as anything.
    private enum Form {
        case unknown
        case events
        case document([UInt8])
    }

    private var form = Form.unknown
    private var reader = SSEReader()
    private var summary = ModelSummary(finish: .stop)
    private var hasFinished = false
    private var hasChoices = false
    private var isOver = false

    init(diagnosis: Diagnosis) {
        self.diagnosis = diagnosis
    }

    mutating func decode(_ bytes: [UInt8]) -> [ReplyElement] {
        var elements: [ReplyElement] = []
        switch form {
        case .unknown:
            guard let first = bytes.firstIndex(where: { $0 > 0x20 }) else { break }
            let isDocument = bytes[first] == UInt8(ascii: "{") || bytes[first] == UInt8(ascii: "[")
            form = isDocument ? .document([]) : .events
            return decode(bytes)
        case .document(var document):
            form = .unknown  // so that the array isn't copied
            document += bytes
            if document.count > LineReader.longestLine { fail(diagnosis.notJSON(document), into: &elements) }
            form = .document(document)
        case .events:
            var events: [ServerSentEvent] = []
            let overflow = Result { () throws(Fault) in try reader.read(bytes) { events.append($0) } }
            for event in events where !read(event, into: &elements) {
                fail(diagnosis.notJSON(event.data), into: &elements)
            }
            if case .failure(let fault) = overflow { fail(fault, into: &elements) }
        }
        return elements
    }

    mutating func end() -> [ReplyElement] {
        var elements: [ReplyElement] = []
        switch form {
        case .document(let document): readDocument(document, into: &elements)
        case .events, .unknown:
            guard let event = reader.takeRest() else { break }
            _ = read(event, into: &elements)  // what was cut in the middle is no JSON; that is no news
        }
        if hasFinished {
            succeed(into: &elements)
        } else if !hasChoices, let line = reader.foreignLine {
            fail(diagnosis.notJSON(line), into: &elements)
        } else {
            fail(.truncated, into: &elements)
        }
        return elements
    }

    /// - Returns: false if the data is no JSON; nothing has happened then.
    private mutating func read(_ event: ServerSentEvent, into elements: inout [ReplyElement]) -> Bool {
        if event.isError {
            fail(diagnosis.fault(Complaint(event: event.data)), into: &elements)
            return true
        }
        if read(event.data, into: &elements) { return true }
        let areData = event.lines.count > 1 && event.lines.allSatisfy { JSON.isValid($0) || $0.isDoneMark }
        for line in event.lines where areData { _ = read(line, into: &elements) }
        return areData
    }

    /// - Returns: false if `data` is no JSON object; nothing has happened then.
    private mutating func read(_ data: [UInt8], into elements: inout [ReplyElement]) -> Bool {
        guard !isOver, data.contains(where: { $0 > 0x20 }) else { return true }
        if data.isDoneMark {
            if hasFinished { succeed(into: &elements) } else { fail(.truncated, into: &elements) }
            return true
        }
        guard let chunk = try? JSON.decode(OpenAIChunk.self, from: data) else { return false }
        read(chunk, into: &elements)
        return true
    }

    private mutating func readDocument(_ document: [UInt8], into elements: inout [ReplyElement]) {
        if let chunk = try? JSON.decode(OpenAIChunk.self, from: document), chunk.hasChoice || chunk.error != nil {
            read(chunk, into: &elements)
            hasFinished = chunk.hasChoice  // a whole document is complete
        } else {
            fail(diagnosis.fault(Complaint(event: document)), into: &elements)
        }
    }

    private mutating func read(_ chunk: OpenAIChunk, into elements: inout [ReplyElement]) {
        hasChoices = hasChoices || chunk.hasChoice
        if let thinking = chunk.thinking, !thinking.isEmpty {
            elements.append(.event(.thinking(thinking)))
        }
        if let text = chunk.text, !text.isEmpty {
            elements.append(.event(.text(text)))
        }
        if let error = chunk.error, error != .null {
            return fail(diagnosis.fault(Complaint(error)), into: &elements)
        }
        summary.promptTokens = chunk.promptTokens ?? summary.promptTokens
        summary.outputTokens = chunk.outputTokens ?? summary.outputTokens
        summary.generation = chunk.generation ?? summary.generation
        guard let reason = chunk.finishReason, !reason.isEmpty else { return }
        if reason == "error" || reason == "abort" {
            let complaint = Complaint(message: "the answer was broken off (\(reason))")
            return fail(diagnosis.fault(complaint), into: &elements)
        }
        hasFinished = true
        summary.finish = .init(reason: reason)
        elements.append(.success(summary, isFinal: false))
    }

    private mutating func succeed(into elements: inout [ReplyElement]) {
        guard !isOver else { return }
        isOver = true
        elements.append(.success(summary, isFinal: true))
    }

    private mutating func fail(_ fault: Fault, into elements: inout [ReplyElement]) {
        guard !isOver else { return }
        isOver = true
        elements.append(.failed(fault))
    }
}

extension [UInt8] {
    /// `[DONE]`, with whatever may stand around it.
    fileprivate var isDoneMark: Bool {
        drop { $0 <= 0x20 }.starts(with: Array<UInt8>("[DONE]".utf8))
    }
}
