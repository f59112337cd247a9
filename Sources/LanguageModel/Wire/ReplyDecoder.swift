// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Decodes the bytes of a successful reply.
///
/// Pure and synchronous. How the bytes were split never changes the result.
protocol ReplyDecoder: Sendable {
    /// Returns the elements that `bytes` complete, in order. Nothing after ``ReplyElement/failed(_:)`` counts.
    mutating func decode(_ bytes: [UInt8]) -> [ReplyElement]
    /// Returns the rest at the end of the stream. Unless there was success before, the last element is a failure.
    mutating func end() -> [ReplyElement]
}

enum ReplyElement: Sendable, Hashable {
    case event(ModelEvent)
    /// The server reported success. Unless `isFinal`, statistics may follow, which are not worth a long wait.
    case success(ModelSummary, isFinal: Bool)
    case failed(Fault)
}

/// The content of a line, event or document of a reply, in the same form for all servers.
struct ReplyPart: Sendable, Hashable {
    var text: String?
    var thinking: String?
    var error: JSONValue?
    /// Why the model stopped; `nil` until it has.
    var finishReason: String?
    /// Whether the answer is complete, and nothing follows.
    var isLast = false
    /// Whether it belongs to an answer; gateways mix in other events.
    var isAnswer = false
    var promptTokens: Int?
    var outputTokens: Int?
    var generation: Duration?
}

/// The state of a reply.
struct ReplyProgress: Sendable {
    private let mapper: FaultMapper
    private var elements: [ReplyElement] = []
    private var summary = ModelSummary(finish: .stop)
    private var isOver = false
    /// Whether part of the answer has arrived.
    private(set) var hasBegun = false
    /// Whether the server has reported success.
    var hasFinished = false

    init(_ mapper: FaultMapper) {
        self.mapper = mapper
    }

    /// Returns the elements since the last call.
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
        if let error = part.error { return fail(mapper.fault(ServerError(error))) }
        summary.promptTokens = part.promptTokens ?? summary.promptTokens
        summary.outputTokens = part.outputTokens ?? summary.outputTokens
        summary.generation = part.generation ?? summary.generation
        let reason = part.finishReason.flatMap { $0.isEmpty ? nil : $0 }
        if reason == "error" || reason == "abort" {
            return fail(mapper.fault(ServerError(message: "the answer was broken off (\(reason ?? ""))")))
        }
        if let reason { summary.finish = .init(reason: reason) }
        hasFinished = hasFinished || reason != nil || part.isLast
        if part.isLast { end() } else if reason != nil { elements.append(.success(summary, isFinal: false)) }
    }

    /// Ends the reply: the server sends nothing more.
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
    /// The stream ended without reporting success.
    static let truncated = Fault(
        .modelTruncated,
        "The model server ended the answer without saying that it was complete; what had arrived was kept. Ask again.")
}

extension [UInt8] {
    var isBlank: Bool { allSatisfy { $0 <= 0x20 } }
}
