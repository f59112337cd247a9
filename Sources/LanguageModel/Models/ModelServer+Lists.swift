// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import Utterance

extension ModelServer {
    /// The longest body that is read as one document.
    private static let longestDocument = 8 << 20

    /// The models that can be asked, in the server's order.
    ///
    /// - Throws: a `Fault`, or `CancellationError`.
    package func installedModels() async throws -> [InstalledModel] {
        let list = configuration.provider.dialect.models(at: configuration.address)
        return try await document(request(list.url))[list.key]?.elements?.compactMap(InstalledModel.init) ?? []
    }

    /// The models that Ollama holds in memory now; of other servers nothing is known.
    package func loadedModels() async throws -> [LoadedModel] {
        try await ollama("/api/ps")?["models"]?.elements?.compactMap(LoadedModel.init) ?? []
    }

    /// The version of Ollama, which may carry a suffix: `0.33.0-rc2`; `nil` for other servers.
    package func version() async throws -> String? {
        try await ollama("/api/version")?["version"]?.text?.printable
    }

    /// What a model of Ollama's can do: `completion`, `thinking`, `tools` …; empty from servers that don't tell.
    ///
    /// - Throws: a `modelNotFound` fault if it isn't installed.
    package func capabilities(of model: String) async throws -> [String] {
        try await ollama("/api/show", of: model)?["capabilities"]?.elements?.compactMap(\.text) ?? []
    }

    /// What Ollama replies to a call; `nil` for other servers.
    private func ollama(_ call: String, of model: String? = nil) async throws -> JSONValue? {
        guard configuration.provider.managesModels else { return nil }
        let body = try model.map { try JSON.encode(["model": $0]) }
        return try await document(request(configuration.address.ollama(call), posting: body), model: model ?? "")
    }

    /// One JSON object, with the connect limit for all of it.
    ///
    /// - Throws: a `Fault`, or `CancellationError`.
    private func document(_ request: HTTPRequest, model: String = "") async throws -> JSONValue {
        let diagnosis = FaultMapper(provider: configuration.provider, address: configuration.address, model: model)
        let document: (reply: HTTPReply, body: [UInt8])?
        do {
            document = try await withLimit(configuration.limits.connect, clock: clock) {
                let reply = try await client.send(request)
                return (reply, try await reply.body.collect(upTo: Self.longestDocument))
            }
        } catch let failure as ConnectionFailure {
            throw diagnosis.fault(failure)
        }
        guard let document else { throw diagnosis.connectTimeout(configuration.limits.connect) }
        guard document.reply.status == 200 else {
            throw diagnosis.fault(
                ServerError(
                    status: document.reply.status, contentType: document.reply.contentType, body: document.body))
        }
        guard let value = try? JSON.object(document.body) else {
            throw diagnosis.notJSON(document.body)
        }
        return value
    }
}
