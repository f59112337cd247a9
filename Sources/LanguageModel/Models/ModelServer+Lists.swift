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
        struct Tags: Decodable { let models: [InstalledModel]? }
        struct List: Decodable { let data: [InstalledModel]? }
        switch configuration.provider {
        case .ollama, .ollamaGenerate:
            let tags: Tags = try await get(configuration.address.ollama("/api/tags"))
            return tags.models ?? []
        case .openAI:
            let list: List = try await get(configuration.address.openAI("/models"))
            return list.data ?? []
        }
    }

    /// The models that Ollama holds in memory now; of other servers nothing is known.
    package func loadedModels() async throws -> [LoadedModel] {
        guard configuration.provider != .openAI else { return [] }
        struct Running: Decodable { let models: [LoadedModel]? }
        let running: Running = try await get(configuration.address.ollama("/api/ps"))
        return running.models ?? []
    }

    /// The version of Ollama, which may carry a suffix: `0.33.0-rc2`; `nil` for other servers.
    package func version() async throws -> String? {
        guard configuration.provider != .openAI else { return nil }
        struct Version: Decodable { let version: String }
        let version: Version = try await get(configuration.address.ollama("/api/version"))
        return version.version.printable
    }

    /// What a model of Ollama's can do: `completion`, `thinking`, `tools` …; empty from servers that don't tell.
    ///
    /// - Throws: a `modelNotFound` fault if it isn't installed.
    package func capabilities(of model: String) async throws -> [String] {
        guard configuration.provider != .openAI else { return [] }
        struct Shown: Decodable { let capabilities: [String]? }
        let body = try JSON.encode(["model": model])
        let shown: Shown = try await fetch(
            request(configuration.address.ollama("/api/show"), posting: body), model: model)
        return shown.capabilities ?? []
    }

    /// One JSON document by GET, with the connect limit for all of it.
    ///
    /// - Throws: a `Fault`, or `CancellationError`.
    private func get<Value: Decodable & Sendable>(_ url: HTTPURL) async throws -> Value {
        try await fetch(request(url))
    }

    private func fetch<Value: Decodable & Sendable>(_ request: HTTPRequest, model: String = "") async throws -> Value {
        let diagnosis = Diagnosis(provider: configuration.provider, address: configuration.address, model: model)
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
                Complaint(
                    status: document.reply.status, contentType: document.reply.contentType, body: document.body))
        }
        guard let value = try? JSON.decode(Value.self, from: document.body) else {
            throw diagnosis.notJSON(document.body)
        }
        return value
    }
}
