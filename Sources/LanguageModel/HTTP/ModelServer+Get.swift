// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

extension ModelServer {
    /// The longest body that is read as one document.
    private static let longestDocument = 8 << 20

    /// One JSON document by GET, with the connect limit for all of it.
    ///
    /// - Throws: a `Fault`, or `CancellationError`.
    func get<Value: Decodable & Sendable>(_ url: String) async throws -> Value {
        try await fetch(request(url))
    }

    func fetch<Value: Decodable & Sendable>(_ request: HTTPRequest, model: String = "") async throws -> Value {
        let diagnosis = Diagnosis(provider: configuration.provider, address: configuration.address, model: model)
        let document: (reply: HTTPReply, body: [UInt8])?
        do {
            document = try await withLimit(configuration.limits.connect, clock: clock) {
                let reply = try await transport.send(request)
                return (reply, try await reply.body.collect(upTo: Self.longestDocument))
            }
        } catch let failure as ConnectionFailure {
            throw diagnosis.fault(failure)
        }
        guard let document else { throw diagnosis.connectTimeout(configuration.limits.connect) }
        guard document.reply.status == 200 else {
            throw diagnosis.fault(
                Complaint(
                    status: document.reply.status, contentType: document.reply.contentType, body: document.body))
        }
        guard let value = try? JSON.decode(Value.self, from: document.body) else {
            throw diagnosis.notJSON(document.body)
        }
        return value
    }
}
