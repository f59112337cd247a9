// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing
import Utterance

@testable import LanguageModel

/// (k) Servers, gateways and proxies report errors in many forms; each becomes one sentence with a cure.
@Suite("A rejection")
struct ServerErrorTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let status: Int
        let body: String
        var type = "application/json"
        var provider = Provider.ollama
        let code: Fault.Code
        let says: String

        var testDescription: String { "\(status) \(body.prefix(60))" }
    }

    static let rows: [Row] = [
        // Ollama
        Row(status: 400, body: #"{"error":"model is required"}"#, code: .modelRefused, says: "model is required"),
        Row(
            status: 400, body: #"{"error":"time: missing unit in duration \"-1\""}"#, code: .modelRefused,
            says: "missing unit"),
        Row(
            status: 404, body: #"{"error":"model \"tiny\" not found, try pulling it first"}"#, code: .modelNotFound,
            says: "`ollama pull tiny`"),
        Row(
            status: 404, body: "404 page not found", type: "text/plain", code: .modelProtocol,
            says: "--provider openai"),
        Row(status: 403, body: "", code: .modelRefused, says: "refuses this host name"),
        Row(status: 401, body: #"{"error":"unauthorized","signin_url":"x"}"#, code: .modelUnauthorized, says: "key"),
        Row(
            status: 500, body: #"{"error":"option \"stop\" must be of type array"}"#, code: .modelRefused,
            says: "must be of type array"),
        Row(
            status: 500,
            body: #"{"error":"model requires more system memory (8.4 GiB) than is available (3.1 GiB)"}"#,
            code: .modelOutOfMemory, says: "smaller model"),
        Row(
            status: 500, body: #"{"error":"llama-server process has terminated: signal: killed"}"#,
            code: .modelOutOfMemory, says: "num_ctx"),
        Row(
            status: 500,
            body: #"{"error":"model runner has unexpectedly stopped, this may be due to resource limitations or an "#
                + #"internal error, check ollama server logs for details"}"#,
            code: .modelOutOfMemory, says: "smaller model"),
        Row(
            status: 500, body: #"{"error":"llama runner process has terminated: error loading model: unknown"}"#,
            code: .modelFailed, says: "error loading model"),
        Row(
            status: 503, body: #"{"error":"server busy, please try again.  maximum pending requests exceeded"}"#,
            code: .modelBusy, says: "too busy"),
        // Anthropic
        Row(
            status: 404, body: #"{"type":"error","error":{"type":"not_found_error","message":"model: claude-x"}}"#,
            provider: .anthropic, code: .modelNotFound, says: "`utter models` lists"),
        Row(
            status: 529, body: #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
            provider: .anthropic, code: .modelBusy, says: "too busy (Overloaded)"),
        Row(
            status: 404, body: #"{"type":"error","error":{"type":"not_found_error","message":"Not found"}}"#,
            provider: .anthropic, code: .modelProtocol, says: "without /v1/messages"),
        // OpenAI-compatible servers
        Row(
            status: 401, body: #"{"error":"Unauthorized"}"#, provider: .openAI, code: .modelUnauthorized,
            says: "UTTER_MODEL_API_KEY"),
        Row(
            status: 401,
            body: #"{"error":{"message":"Invalid API Key","type":"authentication_error","code":401}}"#,
            provider: .openAI, code: .modelUnauthorized, says: "Invalid API Key"),
        Row(
            status: 404, body: #"{"error":{"message":"The model `tiny` does not exist.","code":404}}"#,
            provider: .openAI, code: .modelNotFound, says: "utter models"),
        Row(
            status: 400, body: #"{"object":"error","message":"bad top_p","type":"BadRequestError","code":400}"#,
            provider: .openAI, code: .modelRefused, says: "bad top_p"),
        Row(
            status: 422, body: #"{"detail":[{"loc":["body","model"],"msg":"field required","type":"missing"}]}"#,
            provider: .openAI, code: .modelRefused, says: "field required"),
        Row(status: 422, body: #"{"detail":"no such thing"}"#, provider: .openAI, code: .modelRefused, says: "no such"),
        Row(
            status: 400,
            body: #"{"error":{"code":400,"message":"request (4814 tokens) exceeds the available context size (2048 "#
                + #"tokens), try increasing it","type":"exceed_context_size_error"}}"#,
            provider: .openAI, code: .modelRefused, says: "begin a new conversation"),
        Row(
            status: 400, body: #"[{"error":{"code":400,"message":"API key not valid","status":"INVALID"}}]"#,
            provider: .openAI, code: .modelRefused, says: "API key not valid"),
        Row(status: 500, body: #"{"error":["a",1]}"#, provider: .openAI, code: .modelFailed, says: #"["a",1]"#),
        Row(
            status: 429, body: #"{"error":{"message":"Rate limit"}}"#, provider: .openAI, code: .modelBusy, says: "Rate"
        ),
        // Something in between
        Row(
            status: 502, body: "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>",
            type: "text/html", code: .modelFailed, says: "502 Bad Gateway"),
        Row(
            status: 502, body: "<html><body><p>The   machine\nis off</p></body></html>", type: "text/html",
            code: .modelFailed, says: "The machine is off"),
        Row(
            status: 502, body: "<p>Gone: <TITLE class=x> Bad\n Gateway </TITLE>", type: "text/html", code: .modelFailed,
            says: ": Bad Gateway."),
        Row(status: 500, body: "", code: .modelFailed, says: "HTTP 500"),
        Row(status: 500, body: "\u{1B}[31mboom\u{07}\nmore", type: "text/plain", code: .modelFailed, says: "boom"),
        Row(status: 302, body: "", code: .modelProtocol, says: "check the address"),
        Row(status: 405, body: "405 method not allowed", type: "text/plain", code: .modelProtocol, says: "address"),
    ]

    @Test("becomes one sentence with the cure", arguments: rows)
    func row(_ row: Row) async throws {
        try await FaultServer.run { _, connection in
            let status = "\(row.status) Status"
            try await connection.send(HTTPWire.reply(row.body, status: status, type: row.type))
        } while: { server in
            let model = try ModelServer(server, row.provider, limits: .init(busy: .zero))
            let fault = try await fault { try await model.answer(.hello) { _ in } }
            #expect(fault.code == row.code)
            #expect(fault.message.contains(row.says), "\(fault.message)")
            #expect(fault.message == fault.message.printable)
        }
    }

    @Test("may be a page of tags that never end", .timeLimit(.minutes(10)), arguments: ["<", "<title", "<p class=a "])
    func endlessTags(tag: String) {
        let body = Array(String(repeating: tag, count: 65_536 / tag.utf8.count).utf8)
        #expect(ServerError(status: 502, contentType: "text/html", body: body).isForeign)
    }

    @Test("that Ollama wraps in its runner's JSON is unwrapped")
    func nested() {
        let serverError = ServerError(.string(#"{"error":{"code":400,"message":"too long","type":"t"}}"#))
        #expect(serverError == ServerError(message: "too long", kind: "t"))
    }

    @Test("in the middle of a stream may be an event named error, or a field")
    func errorEvents() async throws {
        let payload = #"{"code":500,"message":"slot gone","type":"server_error"}"#
        for event in [
            "event: error\ndata: \(payload)\n\n", "error: \(payload)\n\n", "data: {\"error\":\(payload)}\n\n",
        ] {
            var decoder = OpenAIChat().decoder(mapper: .test)
            let elements = decoder.decode(Array((OpenAIWire.event("Hi") + event).utf8))
            #expect(elements.first == .event(.text("Hi")))
            guard case .failed(let fault) = elements.last else { throw Fault(.internalError, "no fault: \(event)") }
            #expect(fault.message.contains("slot gone"))
        }
    }
}

extension FaultMapper {
    static let test = FaultMapper(provider: .openAI, address: .ollamaDefault, model: "tiny")
}
