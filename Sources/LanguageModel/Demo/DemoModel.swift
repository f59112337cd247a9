// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// A model for a machine that has none: it repeats the question and tells how to get a real one.
///
/// Its answer comes as a small model's would: as Ollama's NDJSON through the same decoder, a token at a time and at the
/// pace of a small board, so that everything after it does its real work. Nothing leaves the memory.
package struct DemoModel: Sendable {
    /// What `provider` and `model` are called for it.
    package static let name = "demo"

    private let clock: any MomentClock
    private let tokensPerSecond: Double

    /// - Parameter tokensPerSecond: above 0; 18 is what a 3B model does on a small board.
    package init(clock: any MomentClock = MonotonicClock(), tokensPerSecond: Double = 18) {
        precondition(tokensPerSecond > 0, "An answer must get on.")
        self.clock = clock
        self.tokensPerSecond = tokensPerSecond
    }

    /// As ``ModelServer/answer(_:deliver:)``.
    package func answer(
        _ request: ModelRequest,
        deliver: @escaping @Sendable (ModelEvent) async throws -> Void
    ) async throws -> ModelSummary {
        let question = request.messages.last { $0.role == .user }?.content ?? ""
        let tokens = DemoAnswer(to: question).tokens
        let interval = Duration.seconds(1 / tokensPerSecond)
        var decoder = OllamaChat().decoder(
            diagnosis: FaultMapper(provider: .ollama, address: .ollamaDefault, model: Self.name))
        try await deliver(.connected)
        var due = clock.now
        for line in try Self.lines(tokens, interval: interval) {
            due = due.advanced(by: interval)
            try await clock.sleep(until: due, tolerance: nil)
            for element in decoder.decode(line) {
                switch element {
                case .event(let event): try await deliver(event)
                case .success(let summary, _): return summary
                case .failed(let fault): throw fault
                }
            }
        }
        throw Fault.truncated
    }

    /// The answer on the wire, a line a token and one that says that it is done.
    private static func lines(_ tokens: [String], interval: Duration) throws -> [[UInt8]] {
        var lines: [JSONValue] = tokens.map { token in
            ["model": .string(name), "message": ["role": "assistant", "content": .string(token)], "done": false]
        }
        lines.append([
            "model": .string(name), "message": ["role": "assistant", "content": ""],
            "done": true, "done_reason": "stop", "eval_count": .integer(tokens.count),
            "eval_duration": .integer(Int(interval.inSeconds * 1e9) * tokens.count),
        ])
        return try lines.map { try JSON.encode($0) + [0x0A] }
    }
}
