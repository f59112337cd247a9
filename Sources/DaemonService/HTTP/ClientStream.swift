// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Hummingbird
import LanguageModel
import Pipeline

/// What a client receives of an answer while it is generated, besides hearing it.
struct ClientStream<Part: Sendable>: Sendable {
    typealias Put = @Sendable (Part) async throws -> Void
    typealias Deliver = @Sendable (ModelEvent) async throws -> Void

    private let parts: BoundedChannel<Part>
    private let end = Promise<ModelSummary?>()

    /// - Parameter weigh: the bytes of a part, of which 64 KiB may wait; then the model waits for the client. A part counts
    ///   16 bytes at least: a token of one letter takes as much to fulfill.
    init(weigh: @escaping @Sendable (Part) -> Int) {
        parts = BoundedChannel(capacity: 64 * 1024) { max(16, weigh($0)) }
    }

    /// The source of an answer that sends parts to the client.
    func source(
        _ make: @escaping @Sendable (@escaping Put, @escaping Deliver) async throws -> ModelSummary?
    ) -> Answer.Source {
        { [parts, end] deliver in
            do {
                let summary = try await make({ try await parts.send($0) }, deliver)
                end.fulfill(summary)
                parts.finish()
                return summary
            } catch {
                // A stop is a quiet end.
                parts.finish(throwing: error is CancellationError ? nil : error)
                throw error
            }
        }
    }

    /// The next part; `nil` at the end.
    ///
    /// - Throws: as ``forEach(of:_:)``.
    func next(of admission: Admission) async throws -> Part? {
        async let _ = finish(with: admission)
        let part = try await parts.receive()
        try Task.checkCancellation()
        return part
    }

    /// Calls `body` with every part, until the text has ended or the answer was stopped.
    ///
    /// - Throws: what the source threw; `CancellationError`.
    func forEach(of admission: Admission?, _ body: (Part) async throws -> Void) async throws {
        // An answer may be stopped before its source has begun.
        async let _ = finish(with: admission)
        while let part = try await parts.receive() { try await body(part) }
        try Task.checkCancellation()
    }

    private func finish(with admission: Admission?) async {
        guard let admission, (try? await admission.result.value()) != nil else { return }
        parts.finish()
    }

    /// Known when the text has ended; `nil` if the answer was stopped before.
    var summary: ModelSummary? { end.current ?? nil }
}

extension HTTPBackend {
    /// Runs `operation`; if the client hangs up meanwhile, it is cancelled and the answer stopped.
    ///
    /// The connection can't be used afterwards: reading it for the hang-up takes what follows.
    ///
    /// - Parameter text: takes the request's body meanwhile; what remains of it at the end is not read.
    func whileConnected<Value: Sendable>(
        to request: Request, stopping admission: Admission?, reading text: SpokenBody? = nil,
        _ operation: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await request.body.consumeWithCancellationOnInboundClose { body in
                async let _ = text?.read(body)
                return try await operation()
            }
        } catch {
            if let admission { await scheduler.stop(admission.answer) }
            throw error
        }
    }
}
