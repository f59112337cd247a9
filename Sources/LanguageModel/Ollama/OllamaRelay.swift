// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import Utterance

/// A part of a reply that is passed on unchanged.
package enum RelayedPart: Sendable, Hashable {
    /// Comes once, at the beginning.
    case head(status: Int, contentType: String?)
    case bytes([UInt8])
}

extension ModelServer {
    /// Relays a call of Ollama's API byte for byte, and its reply as it arrives, without a time limit: the client has
    /// its own.
    ///
    /// - Parameters:
    ///   - call: for example `/api/chat`.
    ///   - body: posted unchanged; without one, the call is a GET.
    ///   - put: receives the reply.
    ///   - deliver: receives the events in the reply of `/api/chat` or `/api/generate`, after the bytes were put.
    /// - Returns: the answer's statistics; `nil` without `deliver`.
    /// - Throws: a `Fault`, after everything received was put: the server can't be reached, or with `deliver` its reply
    ///   is not an answer; `CancellationError`; the errors of `put` and `deliver`.
    @discardableResult
    package func relay(
        _ call: String, posting body: [UInt8]? = nil, put: @Sendable (RelayedPart) async throws -> Void,
        deliver: (@Sendable (ModelEvent) async throws -> Void)? = nil
    ) async throws -> ModelSummary? {
        let mapper = FaultMapper(provider: configuration.provider, address: configuration.address, model: "")
        do {
            let reply = try await client.send(request(configuration.address.ollama(call), posting: body))
            try await put(.head(status: reply.status, contentType: reply.contentType))
            guard let deliver else {
                for try await bytes in reply.body { try await put(.bytes(bytes)) }
                return nil
            }
            guard reply.status == 200 else {
                throw mapper.fault(try await serverError(reply, put))
            }
            return try await relayAnswer(
                reply, configuration.provider.dialect.decoder(mapper: mapper), put, deliver)
        } catch let failure as ConnectionFailure {
            throw mapper.fault(failure)
        }
    }

    private func relayAnswer(
        _ reply: HTTPReply, _ decoder: any ReplyDecoder, _ put: @Sendable (RelayedPart) async throws -> Void,
        _ deliver: @Sendable (ModelEvent) async throws -> Void
    ) async throws -> ModelSummary? {
        var decoder = decoder
        var summary: ModelSummary?
        var fault: Fault?
        func take(_ elements: [ReplyElement]) async throws {
            for element in elements {
                switch element {
                case .event(let event): try await deliver(event)
                case .success(let success, _): summary = success
                case .failed(let failure): fault = fault ?? failure
                }
            }
        }
        do {
            for try await bytes in reply.body {
                try await put(.bytes(bytes))
                try await take(decoder.decode(bytes))
            }
        } catch is ConnectionFailure {
            throw Fault.cut
        }
        try await take(decoder.end())
        if let fault, summary == nil { throw fault }
        return summary
    }

    /// Reads the error in an unsuccessful reply, which is relayed as well.
    private func serverError(
        _ reply: HTTPReply, _ put: @Sendable (RelayedPart) async throws -> Void
    ) async throws -> ServerError {
        var body: [UInt8] = []
        for try await bytes in reply.body {
            try await put(.bytes(bytes))
            body += bytes.prefix(65_536 - body.count)
        }
        return ServerError(status: reply.status, contentType: reply.contentType, body: body)
    }
}
