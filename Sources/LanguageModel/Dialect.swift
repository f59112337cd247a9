// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
package import Utterance

/// How one kind of server is asked, how its reply is read, and what else it can do.
///
/// Adding a kind of server is a folder with one of these, a case of `Provider`, and a line below.
protocol Dialect: Sendable {
    /// Where it is unless an address is set; `nil`: where `OLLAMA_HOST` says, or else Ollama's usual place.
    var defaultAddress: ServerAddress? { get }
    /// Whether Ollama's own API is there, too: it tells its version and what is loaded, pulls models, and takes calls
    /// that are passed through.
    var managesModels: Bool { get }
    /// How it is called at the beginning of a sentence.
    var name: String { get }
    /// What to do if nothing answers there; `isLocal` says whether that is this machine.
    func waysToStart(isLocal: Bool) -> String
    /// What to check if it does not know the call.
    var adviceOnPath: String { get }
    /// The option that sets the length of its context, if there is one.
    var contextOption: String? { get }
    /// The options that it knows, with their types.
    var options: [String: ModelOptions.Kind] { get }

    /// The header fields of every call that carry the key and the version of the API.
    func headers(key: String?) -> [(String, String)]
    /// The whole URL of a question.
    func url(at address: ServerAddress) -> HTTPURL
    /// The JSON of a question; streaming is always asked for.
    func body(for request: ModelRequest) throws -> [UInt8]
    /// Reads a reply with status 200.
    func decoder(diagnosis: FaultMapper) -> any ReplyDecoder
    /// The URL of its list of models, and the key under which that holds them.
    func models(at address: ServerAddress) -> (url: HTTPURL, key: String)
    /// The questions that prepare it for one like `request`; none where nothing can be prepared.
    func preparations(for request: ModelRequest) -> [ModelRequest]
}

/// A server of which nothing is known but its protocol.
extension Dialect {
    var defaultAddress: ServerAddress? { nil }
    var managesModels: Bool { false }
    var name: String { "The model server" }
    var contextOption: String? { nil }

    func waysToStart(isLocal: Bool) -> String {
        isLocal
            ? "start the model server" : "start the model server there, and let it listen on its network address"
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

    /// Where its server is unless an address is set; `nil`: where `OLLAMA_HOST` says, or else Ollama's usual place.
    package var defaultAddress: ServerAddress? { dialect.defaultAddress }

    /// Whether its server tells its version and what is loaded, pulls models, and takes Ollama's calls.
    package var managesModels: Bool { dialect.managesModels }
}

extension ModelRequest {
    /// The same with an answer of one token, and something to ask: all before it is read, and kept in the server's cache.
    ///
    /// - Parameter option: the name of the limit. Limits are read for each answer; they make no server load anything.
    func shortest(limiting option: String) -> ModelRequest {
        var request = self
        if request.messages.last?.role != .user { request.messages.append(Message(.user, "Hello")) }
        request.options[option] = 1
        return request
    }
}
