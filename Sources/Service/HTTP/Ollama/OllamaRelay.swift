// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import HTTPTypes
import Hummingbird
import LanguageModel
import NIOCore
import Synchronization
import Utterance

/// Passes calls through to Ollama byte for byte, and has answers spoken on the way.
struct OllamaRelay: Sendable {
    let backend: HTTPBackend

    /// A call whose reply comes as a whole.
    func document(_ call: String, _ request: Request) async throws -> Response {
        var request = request
        let body = request.method == .post ? try await request.bytes(backend) : nil
        return try await document(call, posting: body, for: request)
    }

    private func document(_ call: String, posting body: [UInt8]?, for request: Request) async throws -> Response {
        let server = try await server()
        return try await backend.whileConnected(to: request, hearing: nil) {
            let reply = Mutex(Document())
            try await server.relay(call, posting: body) { part in
                reply.withLock { $0.add(part) }
            }
            return reply.withLock { $0.response }
        }
    }

    /// A reply as a whole.
    private struct Document {
        var head = Response(status: .badGateway)
        var body = ByteBuffer()

        mutating func add(_ part: RelayedPart) {
            switch part {
            case .head(let status, let type): head = Response(relaying: status, type)
            case .bytes(let bytes): body.writeBytes(bytes)
            }
        }

        var response: Response {
            var response = head
            response.body = ResponseBody(byteBuffer: body)
            return response
        }
    }

    /// `/api/chat` and `/api/generate`.
    func answer(_ call: String, _ request: Request) async throws -> Response {
        var request = request
        let body = try await request.bytes(backend)
        let meant = try OllamaCall(body, headers: request.headers)
        guard meant.speaks || meant.isStreamed else { return try await document(call, posting: body, for: request) }
        let server = try await server()
        let stream = ClientStream<RelayedPart> { part in
            if case .bytes(let bytes) = part { bytes.count } else { 1 }
        }
        let source = stream.source { put, deliver in
            try await server.relay(call, posting: body, put: put, deliver: deliver)
        }
        let delivery = Delivery(policy: .interrupt, speaks: meant.speaks)
        let admission = try await backend.admit { try await $0.relay(source, prompt: meant.prompt, delivery: delivery) }
        return try await response(admission, stream, request)
    }

    /// Ollama's own head, which it sends with the first word; a client that hangs up before is noticed then.
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
            try await backend.whileConnected(to: request, hearing: admission) {
                do {
                    try await stream.forEach(of: admission) { part in
                        if case .bytes(let bytes) = part { try await writer.write(ByteBuffer(bytes: bytes)) }
                    }
                } catch let fault as Fault where fault.code != .modelTruncated {
                    // What Ollama said of it was passed on.
                }
            }
            try await writer.finish(nil)
        }
        return response
    }

    private func server() async throws -> ModelServer {
        guard let server = await backend.speaker.parts.modelServer, server.configuration.provider.managesModels else {
            throw APIError(
                .badGateway, "no_ollama",
                "The daemon does not ask Ollama (model.provider), so nothing can pass through.")
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
