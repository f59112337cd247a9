// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

extension ModelServer: LanguageModel {
    package func answer(
        _ request: ModelRequest,
        deliver: @escaping @Sendable (ModelEvent) async throws -> Void
    ) async throws -> ModelSummary {
        let diagnosis = Diagnosis(
            provider: configuration.provider, address: configuration.address, model: request.model)
        let dialect = configuration.provider.dialect
        let reply = try await open(request, dialect, diagnosis, deliver: deliver)
        let decoder = dialect.decoder(contentType: reply.contentType, diagnosis: diagnosis)
        return try await Reception(limits: configuration.limits, clock: clock)
            .receive(reply.body, with: decoder, deliver: deliver)
    }

    /// Asks, and returns a reply that is a success.
    private func open(
        _ request: ModelRequest, _ dialect: any Dialect, _ diagnosis: Diagnosis,
        deliver: @escaping @Sendable (ModelEvent) async throws -> Void
    ) async throws -> HTTPReply {
        let message = try self.request(
            dialect.url(at: configuration.address), posting: dialect.body(for: request))
        let reply = try await Opening(server: self, diagnosis: diagnosis).open(message, deliver: deliver)
        guard reply.status == 200 else { throw diagnosis.fault(try await complaint(of: reply)) }
        return reply
    }

    /// What a reply that is no success says in its body, of which 64 KB count.
    private func complaint(of reply: HTTPReply) async throws -> Complaint {
        let body = try await withLimit(configuration.limits.idle, clock: clock) {
            try await reply.body.collect(upTo: 65_536)
        }
        return Complaint(status: reply.status, contentType: reply.contentType, body: body ?? [])
    }
}
