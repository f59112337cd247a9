// SPDX-License-Identifier: GPL-3.0-or-later
import Assistant
import LanguageModel
import Settings
import Utterance

/// A choice that may also be no value.
struct Choice<Value> {
    var value: Value?
}

extension Setup {
    /// - Returns: a server that responds, or no value if the user continues without one; `nil` at the end of the input.
    mutating func askForServer() async throws -> Choice<ModelServer>? {
        head(1, "Model server", "模型服务器")
        if settings.model.provider == nil { try set("model", "provider", "ollama") }
        for server in try world.servers(settings) {
            if let greeting = await greeting(of: server) {
                person.say("   \(greeting)\n")
                try keep(server)
                return Choice(value: server)
            }
            say(
                "Nothing answers at \(server.configuration.address).\n",
                "\(server.configuration.address) 没有应答。\n")
        }
        say(
            "Ollama is at https://ollama.com; without a server the built-in demo answers.\n",
            "Ollama 见 https://ollama.com；没有服务器时由内置的演示回答。\n")
        while true {
            say(
                "Address of another server [none]: ",
                "其他服务器的地址 [没有]：")
            guard let line = try await person.answer() else { return nil }
            if line.allSatisfy(\.isWhitespace) { return Choice(value: nil) }
            if let server = try await server(at: line) { return Choice(value: server) }
        }
    }

    /// The server at an address that the user entered, with the protocol that it speaks; `nil` after saying why not.
    private mutating func server(at text: String) async throws -> ModelServer? {
        let key = try world.servers(settings).first?.configuration.key
        var reason: Fault?
        for provider in Provider.allCases {
            do {
                let address = try ServerAddress(text)
                let server = ModelServer(
                    .init(provider: provider, address: address, key: key, limits: SetupWorld.limits))
                _ = try await server.installedModels()
                person.say("   \(await greeting(of: server) ?? "")\n")
                try keep(server)
                return server
            } catch let fault as Fault {
                reason = fault
                if fault.code == .modelUnreachable { break }
            }
        }
        person.say("   \(reason?.message ?? "")\n")
        return nil
    }

    /// A sentence about the server; `nil` if it doesn't respond.
    private func greeting(of server: ModelServer) async -> String? {
        let address = server.configuration.address
        guard (try? await server.installedModels()) != nil else { return nil }
        guard server.configuration.provider.managesModels else {
            return words("A model server answers at \(address).", "\(address) 有模型服务器应答。")
        }
        let version = ((try? await server.version()) ?? nil) ?? ""
        return words("Ollama \(version) answers at \(address).", "\(address) 有 Ollama \(version) 应答。")
    }

    /// Keeps the server. The default address is not written; any other is, since a service has a different environment.
    private mutating func keep(_ server: ModelServer) throws {
        let provider = server.configuration.provider
        if !provider.managesModels || settings.model.provider?.managesModels != true {
            try set("model", "provider", .string(provider.rawValue))
        }
        let address = server.configuration.address
        let isNamed =
            try settings.model.url.map { try ServerAddress($0) == address }
            ?? (address == provider.defaultAddress ?? .ollamaDefault)
        if !isNamed { try set("model", "url", .string("\(address)")) }
    }

    /// - Returns: `false` at the end of the input.
    mutating func askForModel(at server: ModelServer) async throws -> Bool {
        head(2, "Model", "模型")
        var installed = try await server.installedModels().filter(\.canChat)
        if installed.isEmpty, server.configuration.provider.managesModels {
            let model = SmallModel.fitting(server.memory)
            let size = String(bytes: model.size)
            let question = words(
                "   None is installed. Pull \(model.name) now (\(size), English and Chinese)? [Y/n] ",
                "   没有安装模型。现在下载 \(model.name) 吗（\(size)，中文和英文）？[Y/n] ")
            guard try await person.confirm(question) else { return true }
            try await world.pull(server, model.name)
            installed = try await server.installedModels().filter(\.canChat)
        }
        guard !installed.isEmpty else { return true }
        let loaded = (try? await server.loadedModels()) ?? []
        let choice = ModelChoice.choose(from: installed, loaded: loaded, memory: server.memory)
        let preferred = settings.model.name ?? choice?.name ?? ""
        let width = installed.map(\.name.columns).max() ?? 0
        for (index, model) in installed.enumerated() {
            let size = model.size.map { "  " + String(bytes: $0) } ?? ""
            person.say("   \(index + 1)  \(model.name.printable.padded(to: size.isEmpty ? 0 : width))\(size)\n")
        }
        let fallback = (installed.firstIndex { $0.name.isSameModel(as: preferred) } ?? 0) + 1
        let question = words("Which one answers (0: whichever fits)?", "用哪一个（0：自动选择合适的）？")
        guard let number = try await choose(question, upTo: installed.count, fallback: fallback) else { return false }
        try set("model", "name", .string(number == 0 ? "" : installed[number - 1].name))
        return true
    }
}
