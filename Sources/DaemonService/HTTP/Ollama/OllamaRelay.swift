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
        let server = try await server()
        return try await backend.whileConnected(to: request, stopping: nil) {
            let reply = Mutex((head: Response(status: .badGateway), body: ByteBuffer()))
            try await server.relay(call, posting: body) { part in
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
        let server = try await server()
        let stream = ClientStream<RelayedPart> { part in
            if case .bytes(let bytes) = part { bytes.count } else { 1 }
        }
        let source = stream.source { put, deliver in
            try await server.relay(call, posting: body, put: put, deliver: deliver)
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

    private func server() async throws -> ModelServer {
        guard let server = await backend.scheduler.answers.modelServer, server.configuration.provider.managesModels
        else {
            throw APIError(
                .badGateway, "no_ollama",
                "The daemon does not use Ollama (model.provider), so no calls can pass through.")
        }
        return server
    }
}

extension Response {
    /// The head of a reply that is passed through.
    fileprivate init(relaying status: Int, _ contentType: String?) {
        self.init(status: .init(code: status), headers: [.cacheControl: "no-store", .connection: "close"])
        headers[.contentType] = contentType
    }
}
