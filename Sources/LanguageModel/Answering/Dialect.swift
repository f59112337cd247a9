// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP

/// How one kind of server is asked, and how its reply is read. Adding a kind of server is one file with one of these.
protocol Dialect: Sendable {
    /// The whole URL of the call.
    func url(at address: ServerAddress) -> HTTPURL
    /// The JSON of the request; streaming is always asked for.
    func body(for request: ModelRequest) throws -> [UInt8]
    /// Reads a reply with status 200.
    func decoder(diagnosis: Diagnosis) -> any ReplyDecoder
}

extension Provider {
    var dialect: any Dialect {
        switch self {
        case .ollama: OllamaChat()
        case .ollamaGenerate: OllamaGenerate()
        case .openAI: OpenAIChat()
        }
    }
}
