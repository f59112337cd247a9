// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import Utterance

extension ModelServer {
    /// Streams one answer.
    ///
    /// Events are handed to `deliver` one after another and in order; while it waits, nothing more is read, so that a
    /// slow listener slows the server. Cancelling the task closes the connection at once, and that makes the server
    /// stop generating.
    ///
    /// - Returns: when the server's sign of success was seen; an end alone is no success.
    /// - Throws: a `Fault`, after everything received before it was delivered; `CancellationError`; or what `deliver`
    ///   threw.
    package func answer(
        _ request: ModelRequest,
        deliver: @escaping @Sendable (ModelEvent) async throws -> Void
    ) async throws -> ModelSummary {
        let diagnosis = FaultMapper(
            provider: configuration.provider, address: configuration.address, model: request.model)
        let reply = try await open(request, diagnosis, deliver: deliver)
        return try await ReplyReader(limits: configuration.limits, clock: clock)
            .receive(reply.body, with: configuration.provider.dialect.decoder(diagnosis: diagnosis), deliver: deliver)
    }

    /// Asks until there is a reply that is a success, or no hope for one.
    private func open(
        _ request: ModelRequest, _ diagnosis: FaultMapper,
        deliver: @escaping @Sendable (ModelEvent) async throws -> Void
    ) async throws -> HTTPReply {
        let dialect = configuration.provider.dialect
        let url = dialect.url(at: configuration.address)
        var opening = RequestAttempt(server: self, diagnosis: diagnosis)
        var recovery = RetryPolicy(diagnosis: diagnosis, limits: configuration.limits)
        var request = contexts.fitted(request, at: configuration.address)
        while true {
            let reply = try await opening.open(self.request(url, posting: dialect.body(for: request)), deliver: deliver)
            if reply.status == 200 { return reply }
            let complaint = try await complaint(of: reply)
            if complaint.isAboutContext,
                let shorter = contexts.shortened(request, after: complaint, at: configuration.address)
            {
                request = shorter.request
                if shorter.isFirst { try await deliver(.notice(diagnosis.forgets)) }
                continue
            }
            let step = recovery.step(
                after: complaint, retryAfter: reply.retryAfter, asksToThink: request.think != nil)
            switch step {
            case .giveUp: throw diagnosis.fault(complaint)
            case .withoutThink(let notice):
                request.think = nil
                try await deliver(.notice(notice))
            case .again(let pause, let notice):
                if let notice { try await deliver(.notice(notice)) }
                try await clock.sleep(until: clock.now.advanced(by: pause), tolerance: nil)
            }
        }
    }

    /// What a reply that is no success says in its body, of which 64 KB count, if it comes within the connect limit.
    func complaint(of reply: HTTPReply) async throws -> ServerError {
        var body: [UInt8]?
        do {
            body = try await withLimit(configuration.limits.connect, clock: clock) {
                try await reply.body.collect(upTo: 65_536)
            }
        } catch is ConnectionFailure {}  // the status is there, and says enough
        return ServerError(status: reply.status, contentType: reply.contentType, body: body ?? [])
    }
}
