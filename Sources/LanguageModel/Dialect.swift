// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
package import Utterance

/// How to ask a kind of server, how to read its reply, and what else it can do.
///
/// To add a kind of server, add a folder with a dialect, a case of `Provider`, and a line below.
protocol Dialect: Sendable {
    /// The default address; `nil`: `OLLAMA_HOST`, or else Ollama's default address.
    var defaultAddress: ServerAddress? { get }
    /// Whether the server offers Ollama's own API: it reports its version and loaded models, pulls models, and accepts
    /// relayed calls.
    var managesModels: Bool { get }
    /// Its name, for the beginning of a sentence.
    var name: String { get }
    /// Advice if nothing responds; `isLocal`: whether it is on this machine.
    func waysToStart(isLocal: Bool) -> String
    /// Advice if it doesn't know the call.
    var adviceOnPath: String { get }
    /// The option for its context length; `nil` if there isn't one.
    var contextOption: String? { get }
    /// Its options, and their types.
    var options: [String: ModelOptions.Kind] { get }

    /// The header fields of every call: the key, and the version of the API.
    func headers(key: String?) -> [(String, String)]
    /// The URL for questions.
    func url(at address: ServerAddress) -> HTTPURL
    /// The JSON of a question, which always requests streaming.
    func body(for request: ModelRequest) throws -> [UInt8]
    /// Reads a reply with status 200.
    func decoder(mapper: FaultMapper) -> any ReplyDecoder
    /// The URL of its list of models, and the key of the list in the reply.
    func models(at address: ServerAddress) -> (url: HTTPURL, key: String)
    /// Questions that prepare it for one like `request`; empty if nothing can be prepared.
    func preparations(for request: ModelRequest) -> [ModelRequest]
}

/// Defaults for a server of which only the protocol is known.
extension Dialect {
    var defaultAddress: ServerAddress? { nil }
    var managesModels: Bool { false }
    var name: String { "The model server" }
    var contextOption: String? { nil }

    func waysToStart(isLocal: Bool) -> String {
        isLocal
            ? "start the model server" : "start the model server there, and make it listen on its network address"
    }

    func headers(key: String?) -> [(String, String)] {
        key.map { [("Authorization", "Bearer \($0)")] } ?? []
    }

    func models(at address: ServerAddress) -> (url: HTTPURL, key: String) { (address.versioned("/models"), "data") }
}

extension Provider {
    var dialect: any Dialect {
        switch self {
        case .ollama: OllamaChat()
        case .ollamaGenerate: OllamaGenerate()
        case .openAI: OpenAIChat()
        case .anthropic: AnthropicMessages()
        }
    }

    /// The default address of its server; `nil`: `OLLAMA_HOST`, or else Ollama's default address.
    package var defaultAddress: ServerAddress? { dialect.defaultAddress }

    /// Whether its server offers Ollama's own API: version, loaded models, pulls, relayed calls.
    package var managesModels: Bool { dialect.managesModels }
}

extension ModelRequest {
    /// The same request with an answer of one token: the server reads all messages and keeps them in its cache.
    ///
    /// - Parameter option: the name of the token limit. Changing it doesn't make any server reload the model.
    func shortest(limiting option: String) -> ModelRequest {
        var request = self
        if request.messages.last?.role != .user { request.messages.append(Message(.user, "Hello")) }
        request.options[option] = 1
        return request
    }
}
