// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Turns the bytes of a successful reply into what they say.
///
/// Pure and synchronous; how the bytes were cut never changes the result.
protocol ReplyDecoder: Sendable {
    /// What `bytes` complete, in order. Nothing after ``ReplyElement/failed(_:)`` counts.
    mutating func decode(_ bytes: [UInt8]) -> [ReplyElement]
    /// What is left at the end of the stream. Without a sign of success before, the last element is a failure.
    mutating func end() -> [ReplyElement]
}

enum ReplyElement: Sendable, Hashable {
    case event(ModelEvent)
    /// The sign of success was seen. When not `isFinal`, figures may still follow, which nobody should wait for long.
    case success(ModelSummary, isFinal: Bool)
    case failed(Fault)
}

/// What one line, event or document of a reply says, whichever server sent it.
struct ReplyPart: Sendable, Hashable {
    var text: String?
    var thinking: String?
    var error: JSONValue?
    /// Why the model stopped, once it has.
    var finishReason: String?
    /// Nothing follows, and the answer is complete.
    var isLast = false
    /// It is an answer, or a piece of one; gateways mix in events that aren't.
    var isAnswer = false
    var promptTokens: Int?
    var outputTokens: Int?
    var generation: Duration?
}

/// What became of a reply so far.
struct ReplyProgress: Sendable {
    private let diagnosis: FaultMapper
    private var elements: [ReplyElement] = []
    private var summary = ModelSummary(finish: .stop)
    private var isOver = false
    /// A piece of the answer has come.
    private(set) var hasBegun = false
    /// The sign of success has come.
    var hasFinished = false

    init(_ diagnosis: FaultMapper) {
        self.diagnosis = diagnosis
    }

    /// What was added since the last time.
    mutating func take() -> [ReplyElement] {
        defer { elements = [] }
        return elements
    }

    mutating func add(_ part: ReplyPart) {
        guard !isOver else { return }
        hasBegun = hasBegun || part.isAnswer
        let events = [part.thinking.map(ModelEvent.thinking), part.text.map(ModelEvent.text)]
        for case let event? in events where event != .thinking("") && event != .text("") {
            hasBegun = true
            elements.append(.event(event))
        }
        if let error = part.error { return fail(diagnosis.fault(ServerError(error))) }
        summary.promptTokens = part.promptTokens ?? summary.promptTokens
        summary.outputTokens = part.outputTokens ?? summary.outputTokens
        summary.generation = part.generation ?? summary.generation
        let reason = part.finishReason.flatMap { $0.isEmpty ? nil : $0 }
        if reason == "error" || reason == "abort" {
            return fail(diagnosis.fault(ServerError(message: "the answer was broken off (\(reason ?? ""))")))
        }
        if let reason { summary.finish = .init(reason: reason) }
        hasFinished = hasFinished || reason != nil || part.isLast
        if part.isLast { end() } else if reason != nil { elements.append(.success(summary, isFinal: false)) }
    }

    /// The server sends nothing more.
    mutating func end() {
        guard hasFinished else { return fail(.truncated) }
        if !isOver { elements.append(.success(summary, isFinal: true)) }
        isOver = true
    }

    mutating func fail(_ fault: Fault) {
        if !isOver { elements.append(.failed(fault)) }
        isOver = true
    }
}

extension Fault {
    /// The stream ended and nothing said that the answer was complete.
    static let truncated = Fault(
        .modelTruncated,
        "The model server ended the answer without saying that it was complete; what came was kept. Ask again.")
}

extension [UInt8] {
    var isBlank: Bool { allSatisfy { $0 <= 0x20 } }
}
