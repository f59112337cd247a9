// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import HTTPTypes
import Hummingbird
import LanguageModel
import NIOCore
import Synchronization
import Utterance

/// Passes calls through to Ollama byte for byte, and has the answers spoken.
struct OllamaRelay: Sendable {
    let backend: HTTPBackend

    /// A call whose reply is sent as a whole.
    func document(_ call: String, _ request: Request) async throws -> Response {
        var request = request
        let body = request.method == .post ? try await request.bytes(backend) : nil
        return try await document(call, posting: body, for: request)
    }

    private func document(_ call: String, posting body: [UInt8]?, for request: Request) async throws -> Response {
        let servers = try await servers()
        return try await backend.whileConnected(to: request, stopping: nil) {
            let reply = Mutex((head: Response(status: .badGateway), body: ByteBuffer()))
            try await relay(call, posting: body, to: servers) { part in
                reply.withLock { reply in
                    switch part {
                    case .head(let status, let type): reply.head = Response(relaying: status, type)
                    case .bytes(let bytes): reply.body.writeBytes(bytes)
                    }
                }
            }
            let (head, content) = reply.withLock { $0 }
            var response = head
            response.body = ResponseBody(byteBuffer: content)
            return response
        }
    }

    /// `/api/chat` and `/api/generate`.
    func answer(_ call: String, _ request: Request) async throws -> Response {
        var request = request
        let body = try await request.bytes(backend)
        let parsed = try OllamaRequest(body, headers: request.headers)
        guard parsed.speaks || parsed.isStreamed else { return try await document(call, posting: body, for: request) }
        let servers = try await servers()
        let stream = ClientStream<RelayedPart> { part in
            if case .bytes(let bytes) = part { bytes.count } else { 1 }
        }
        let source = stream.source { put, deliver in
            try await relay(call, posting: body, to: servers, put: put, deliver: deliver)
        }
        let delivery = Delivery(policy: .interrupt, speaks: parsed.speaks)
        let admission = try await backend.admit {
            try await $0.relay(source, prompt: parsed.prompt, delivery: delivery)
        }
        return try await response(admission, stream, request)
    }

    /// With Ollama's own head, which it sends with the first word; a client that hangs up earlier is noticed only then.
    private func response(
        _ admission: Admission, _ stream: ClientStream<RelayedPart>, _ request: Request
    ) async throws -> Response {
        guard case .head(let status, let type) = try await stream.next(of: admission) else {
            throw APIError(.serviceUnavailable, "stopped", "The answer was stopped before its first word.")
        }
        var response = Response(relaying: status, type)
        response.headers[.utterAnswer] = admission.answer
        response.headers[.accelBuffering] = "no"
        response.body = ResponseBody { writer in
            try await backend.whileConnected(to: request, stopping: admission) {
                do {
                    try await stream.forEach(of: admission) { part in
                        if case .bytes(let bytes) = part { try await writer.write(ByteBuffer(bytes: bytes)) }
                    }
                } catch let fault as Fault where fault.code != .modelTruncated {
                    // Ollama's own words about it were passed on.
                }
            }
            try await writer.finish(nil)
        }
        return response
    }

    /// Passes a call on to the first server that can be reached.
    ///
    /// - Throws: the fault of the first one if none can be; what else ``ModelServer/relay(_:posting:put:deliver:)`` throws.
    @discardableResult
    private func relay(
        _ call: String, posting body: [UInt8]?, to servers: [ModelServer],
        put: @Sendable (RelayedPart) async throws -> Void,
        deliver: (@Sendable (ModelEvent) async throws -> Void)? = nil
    ) async throws -> ModelSummary? {
        let hasBegun = Atomic(false)
        var first: Fault?
        for server in servers {
            do {
                return try await server.relay(
                    call, posting: body,
                    put: { part in
                        hasBegun.store(true, ordering: .releasing)
                        try await put(part)
                    }, deliver: deliver)
            } catch let fault as Fault where fault.code == .modelUnreachable && !hasBegun.load(ordering: .acquiring) {
                first = first ?? fault
            }
        }
        throw first ?? CancellationError()
    }

    /// Never empty.
    private func servers() async throws -> [ModelServer] {
        let servers = await backend.scheduler.answers.modelServers.filter(\.configuration.provider.managesModels)
        guard !servers.isEmpty else {
            throw APIError(
                .badGateway, "no_ollama",
                "The daemon does not use Ollama (model.provider), so no calls can pass through.")
        }
        return servers
    }
}

extension Response {
    /// The head of a reply that is passed through.
    fileprivate init(relaying status: Int, _ contentType: String?) {
        self.init(status: .init(code: status), headers: [.cacheControl: "no-store", .connection: "close"])
        headers[.contentType] = contentType
    }
}
