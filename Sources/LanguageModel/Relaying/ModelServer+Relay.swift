// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import Utterance

/// A part of a reply that is handed on as it came.
package enum RelayedPart: Sendable, Hashable {
    /// Comes first, and once.
    case head(status: Int, contentType: String?)
    case bytes([UInt8])
}

extension ModelServer {
    /// Hands a call of Ollama's API on, byte for byte, and its reply back as it comes. However long it takes: the client
    /// has a patience of its own.
    ///
    /// - Parameters:
    ///   - call: such as `/api/chat`.
    ///   - body: is posted as it is; without one it is a GET.
    ///   - put: takes the reply.
    ///   - deliver: takes what the reply of `/api/chat` or `/api/generate` says, after it was put; `nil` where nobody
    ///     wants to know.
    /// - Returns: what is known at the answer's end; `nil` without `deliver`.
    /// - Throws: a `Fault` after all that came was put: the server can't be reached, or with `deliver` its reply is no
    ///   answer; `CancellationError`; what `put` or `deliver` threw.
    @discardableResult
    package func relay(
        _ call: String, posting body: [UInt8]? = nil, put: @Sendable (RelayedPart) async throws -> Void,
        deliver: (@Sendable (ModelEvent) async throws -> Void)? = nil
    ) async throws -> ModelSummary? {
        let diagnosis = FaultMapper(provider: configuration.provider, address: configuration.address, model: "")
        do {
            let reply = try await client.send(request(configuration.address.ollama(call), posting: body))
            try await put(.head(status: reply.status, contentType: reply.contentType))
            guard let deliver else {
                for try await bytes in reply.body { try await put(.bytes(bytes)) }
                return nil
            }
            guard reply.status == 200 else {
                throw diagnosis.fault(try await complaint(reply, put))
            }
            return try await relayAnswer(
                reply, configuration.provider.dialect.decoder(diagnosis: diagnosis), put, deliver)
        } catch let failure as ConnectionFailure {
            throw diagnosis.fault(failure)
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

    /// What a reply that is no success says, which is handed on as well.
    private func complaint(
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
