// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials

/// HTTP/1.1 by hand, right or wrong as a test needs it.
package enum HTTPWire {
    package static func head(
        _ status: String = "200 OK", type: String, isChunked: Bool = true, more: [String] = []
    ) -> String {
        let framing = isChunked ? ["Transfer-Encoding: chunked"] : ["Connection: close"]
        return (["HTTP/1.1 \(status)", "Content-Type: \(type)"] + framing + more).joined(separator: "\r\n") + "\r\n\r\n"
    }

    package static func chunk(_ text: String) -> String {
        String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n"
    }

    package static let lastChunk = "0\r\n\r\n"

    /// A whole reply with its length.
    package static func reply(
        _ body: String, status: String = "200 OK", type: String = "application/json", more: [String] = []
    ) -> String {
        (["HTTP/1.1 \(status)", "Content-Type: \(type)", "Content-Length: \(body.utf8.count)"] + more)
            .joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    /// `text` as a JSON string, including quotes.
    package static func json(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}

/// What Ollama sends.
package enum OllamaWire {
    package static let head = HTTPWire.head(type: "application/x-ndjson")

    /// A chunk with one line of `/api/chat`.
    package static func chat(_ text: String, thinking: String? = nil) -> String {
        HTTPWire.chunk(chatLine(text, thinking: thinking))
    }

    package static func chatLine(_ text: String, thinking: String? = nil) -> String {
        let thought = thinking.map { #","thinking":\#(HTTPWire.json($0))"# } ?? ""
        return
            #"{"model":"tiny","created_at":"2026-11-21T00:08:41.076973977Z","message":{"role":"assistant","content":"#
            + HTTPWire.json(text) + thought + #"},"done":false}"# + "\n"
    }

    /// A chunk with the last line of `/api/chat`.
    package static func chatDone(_ text: String = "", reason: String = "stop") -> String {
        HTTPWire.chunk(chatDoneLine(text, reason: reason))
    }

    package static func chatDoneLine(_ text: String = "", reason: String = "stop") -> String {
        #"{"model":"tiny","created_at":"2026-11-21T00:08:41Z","message":{"role":"assistant","content":"#
            + HTTPWire.json(text) + #"},"done":true,"done_reason":""# + reason
            + #"","total_duration":7746936,"load_duration":1501946,"prompt_eval_count":36,"#
            + #""prompt_eval_duration":1231000,"eval_count":3,"eval_duration":1516000}"# + "\n"
    }

    /// A whole answer of `/api/chat`.
    package static func chat(tokens: [String], reason: String = "stop") -> String {
        head + tokens.map { chat($0) }.joined() + chatDone(reason: reason) + HTTPWire.lastChunk
    }

    /// The script of an Ollama that has `models` installed; `chat` is called for `/api/chat` and `/api/generate`.
    package static func server(
        models: [String] = ["tiny:latest"], chat: @escaping FaultServer.Script
    ) -> FaultServer.Script {
        { request, connection in
            switch request.path {
            case "/": try await connection.send(HTTPWire.reply("Ollama is running", type: "text/plain"))
            case "/api/version": try await connection.send(HTTPWire.reply(#"{"version":"0.32.15"}"#))
            case "/api/ps": try await connection.send(HTTPWire.reply(#"{"models":[]}"#))
            case "/api/tags":
                let list = models.map {
                    #"{"name":"\#($0)","model":"\#($0)","size":2019393189,"#
                        + #""details":{"family":"llama","parameter_size":"3.2B"},"capabilities":["completion"]}"#
                }
                try await connection.send(HTTPWire.reply(#"{"models":[\#(list.joined(separator: ","))]}"#))
            case "/api/chat", "/api/generate": try await chat(request, connection)
            default:
                let notFound = HTTPWire.reply("404 page not found", status: "404 Not Found", type: "text/plain")
                try await connection.send(notFound)
            }
        }
    }
}

/// What servers with OpenAI's protocol send.
package enum OpenAIWire {
    package static let head = HTTPWire.head(type: "text/event-stream")
    package static let done = "data: [DONE]\n\n"

    package static func event(_ text: String) -> String {
        delta(#"{"content":\#(HTTPWire.json(text))}"#)
    }

    package static func delta(_ delta: String, finish: String? = nil) -> String {
        let reason = finish.map { "\"\($0)\"" } ?? "null"
        return #"data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"tiny","#
            + #""choices":[{"index":0,"delta":\#(delta),"finish_reason":\#(reason)}]}"# + "\n\n"
    }

    /// A whole answer.
    package static func chat(tokens: [String], finish: String = "stop") -> String {
        head + (tokens.map(event) + [delta("{}", finish: finish), done]).map(HTTPWire.chunk).joined()
            + HTTPWire.lastChunk
    }
}

/// What servers with Anthropic's protocol send.
package enum AnthropicWire {
    package static let head = HTTPWire.head(type: "text/event-stream")

    package static func event(_ type: String, _ fields: String = "") -> String {
        "event: \(type)\ndata: {\"type\":\"\(type)\"\(fields.isEmpty ? "" : ",")\(fields)}\n\n"
    }

    /// - Parameter json: the text as a JSON string.
    package static func delta(json: String) -> String {
        event("content_block_delta", #""index":0,"delta":{"type":"text_delta","text":\#(json)}"#)
    }

    package static func end(reason: String = "end_turn") -> String {
        event("message_delta", #""delta":{"stop_reason":"\#(reason)"},"usage":{"output_tokens":3}"#)
            + event("message_stop")
    }

    /// A whole answer.
    package static func chat(tokens: [String]) -> String {
        head + (tokens.map { delta(json: HTTPWire.json($0)) } + [end()]).map(HTTPWire.chunk).joined()
            + HTTPWire.lastChunk
    }
}

/// What the daemon sends.
package enum DaemonWire {
    package static let head = HTTPWire.head(type: "text/event-stream")

    /// A chunk with one event whose JSON includes `fields`.
    package static func event(_ name: String, _ sequence: Int, _ fields: String = "", answer: String = "a1") -> String {
        let more = fields.isEmpty ? "" : "," + fields
        return chunk(name, #"{"event":"\#(name)","answer":"\#(answer)","seq":\#(sequence),"ms":\#(sequence)\#(more)}"#)
    }

    package static func queued(ahead: Int, answer: String = "a1") -> String {
        chunk(
            "queued", #"{"event":"queued","answer":"\#(answer)","prompt":"Why?","priority":"normal","ahead":\#(ahead)}"#
        )
    }

    /// The last event, `finished` or `stopped`.
    package static func last(_ name: String, _ sequence: Int, heard: Int, of length: Int) -> String {
        event(name, sequence, summary(heard: heard, of: length))
    }

    package static func summary(heard: Int, of length: Int) -> String {
        #""heard_end":\#(heard),"silent":false,"pieces":1,"text_bytes":\#(length),"underruns":0,"starvations":0,"#
            + #""sound_ms":1000,"total_ms":1200"#
    }

    /// A whole answer.
    package static func answer(_ text: String) -> String {
        head + event("accepted", 0) + event("text", 1, #""text":\#(HTTPWire.json(text))"#)
            + last("finished", 2, heard: text.utf8.count, of: text.utf8.count) + HTTPWire.lastChunk
    }

    /// The reply of `/v1/status` while nothing is being spoken.
    package static func status(version: String = "0.1.0", missing: String? = nil) -> String {
        #"{"speaking":null,"waiting":[],"suspended":[],"paused":false,"volume":null,"rate":null,"voice":null,"#
            + #""muted":false,"sessions":1,"model":"tiny","ready":\#(missing == nil),"#
            + #""missing":\#(missing.map(HTTPWire.json) ?? "null"),"version":"\#(version)","uptime_s":5,"finished":3,"#
            + #""stopped":1,"failed":0}"#
    }

    package static func fault(_ code: String, _ message: String, status: String) -> String {
        HTTPWire.reply(
            #"{"error":{"code":"\#(code)","message":\#(HTTPWire.json(message))}}"#, status: status)
    }

    private static func chunk(_ name: String, _ data: String) -> String {
        HTTPWire.chunk("id: 1\nevent: \(name)\ndata: \(data)\n\n")
    }
}
