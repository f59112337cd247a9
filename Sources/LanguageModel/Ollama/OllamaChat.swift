// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import Utterance

/// Ollama's `/api/chat`.
struct OllamaChat: OllamaDialect {
    func url(at address: ServerAddress) -> HTTPURL { address.ollama("/api/chat") }

    func body(for request: ModelRequest) throws -> [UInt8] {
        var body = request.ollamaSettings
        body["messages"] = request.messages.json
        return try JSON.encode(body)
    }
}

/// What all calls of Ollama's API have in common.
protocol OllamaDialect: Dialect {}

extension OllamaDialect {
    var managesModels: Bool { true }
    var name: String { "Ollama" }
    var adviceOnPath: String { "check the address; llama.cpp, vLLM and the like need --provider openai" }
    var contextOption: String? { "num_ctx" }

    func waysToStart(isLocal: Bool) -> String {
        isLocal
            ? "start Ollama with `ollama serve`, or get it from ollama.com"
            : "start Ollama there with OLLAMA_HOST=0.0.0.0, so that it listens on the network"
    }

    func models(at address: ServerAddress) -> (url: HTTPURL, key: String) { (address.ollama("/api/tags"), "models") }

    /// A question without messages only loads the model.
    func preparations(for request: ModelRequest) -> [ModelRequest] {
        var loading = request
        loading.messages = []
        return [loading, request.shortest(limiting: "num_predict")]
    }

    /// NDJSON: `done: true` means success; any line may have an `error`.
    func decoder(mapper: FaultMapper) -> any ReplyDecoder {
        OllamaReplyDecoder(mapper: mapper)
    }

    /// From Ollama's `api/types.go`.
    var options: [String: ModelOptions.Kind] {
        [
            "temperature": .number, "top_k": .integer, "top_p": .number, "min_p": .number, "typical_p": .number,
            "seed": .integer, "num_predict": .integer, "num_keep": .integer, "repeat_last_n": .integer,
            "repeat_penalty": .number, "presence_penalty": .number, "frequency_penalty": .number, "stop": .texts,
            "num_ctx": .integer, "num_batch": .integer, "num_gpu": .integer, "main_gpu": .integer,
            "use_mmap": .bool, "num_thread": .integer, "draft_num_predict": .integer,
        ]
    }
}

extension ModelRequest {
    /// The fields that `/api/chat` and `/api/generate` share. Fields that aren't set are left out, so that the server
    /// decides.
    var ollamaSettings: [String: JSONValue] {
        var settings: [String: JSONValue] = ["model": .string(model), "stream": true]
        if !options.isEmpty { settings["options"] = .object(options) }
        settings["keep_alive"] = keepAlive
        settings["think"] = think.map { $0.level.map(JSONValue.string) ?? .bool($0 == .on) }
        return settings
    }
}
