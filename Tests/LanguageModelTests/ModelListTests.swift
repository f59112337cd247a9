// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing
import Utterance

@testable import LanguageModel

@Suite("The models of a server")
struct ModelListTests {
    @Test("are listed with what is known about them, as Ollama 0.32 reports it")
    func ollama() async throws {
        try await FaultServer.run { request, connection in
            let captures = ["/api/tags": "00_tags.txt", "/api/ps": "01_ps.txt", "/api/version": "00_version.txt"]
            guard let capture = captures[request.path] else { return }
            try await connection.send(Capture("ollama-0.32.15/\(capture)").bytes)
        } while: { server in
            let model = try ModelServer(server)
            let installed = try await model.installedModels()
            #expect(installed.contains { $0.name == "tiny-slow:latest" && $0.size == 152_738_915 })
            #expect(installed.first?.capabilities == ["completion", "tools", "thinking"])
            #expect(installed.first?.parameters == "76.33M")
            let loaded = try await model.loadedModels()
            #expect(loaded.map(\.name) == ["tiny-think:latest", "tiny-think:latest", "tiny:latest"])
            #expect(loaded.first?.sizeOnGPU == 0)
            #expect(try await model.version() == "0.32.15")
        }
    }

    @Test(
        "are listed by name if a server reports nothing more",
        arguments: ["llama-server/00_models.txt", "ollama-0.32.15/08_v1_models.txt"])
    func openAI(capture: String) async throws {
        try await FaultServer.run { _, connection in
            try await connection.send(Capture(capture).bytes)
        } while: { server in
            let model = try ModelServer(server, .openAI)
            #expect(try await model.installedModels().contains { $0.name.hasPrefix("tiny-slow") })
            #expect(try await server.request().path == "/v1/models")
            #expect(try await model.loadedModels().isEmpty)
            #expect(try await model.version() == nil)
        }
    }

    @Test("of a server that says nothing are not awaited longer than the connect limit")
    func silence() async throws {
        let clock = ManualClock()
        try await FaultServer.run { _, connection in
            try await connection.staySilent()
        } while: { server in
            let model = try ModelServer(server, clock: clock)
            async let outcome = fault { try await model.installedModels() }
            _ = try await server.request()
            await clock.sleepers(1)
            clock.advance(by: .seconds(5))
            #expect(try await outcome.code == .modelUnreachable)
        }
    }

    @Test("of something that is not a model server are a fault that says so")
    func foreign() async throws {
        try await FaultServer.run { _, connection in
            try await connection.send(HTTPWire.reply("<html>It works!</html>", type: "text/html"))
        } while: { server in
            let fault = try await fault { try await ModelServer(server).installedModels() }
            #expect(fault.code == .modelProtocol)
        }
    }

    @Test(
        "are the same with and without the tag latest",
        arguments: [
            ("llama3.2", "llama3.2:latest", true), ("Llama3.2:3B", "llama3.2:3b", true),
            ("llama3.2", "llama3.2:1b", false), ("host:5000/a/b", "host:5000/a/b:latest", true),
        ])
    func names(one: String, other: String, areSame: Bool) {
        #expect(one.isSameModel(as: other) == areSame)
    }
}

@Suite("The model that is asked if none is named")
struct ModelChoiceTests {
    private let gigabyte = 1_000_000_000

    private func model(_ name: String, _ gigabytes: Double, _ capabilities: [String]? = ["completion"])
        -> InstalledModel
    {
        InstalledModel(name: name, size: Int(gigabytes * 1e9), capabilities: capabilities)
    }

    private var installed: [InstalledModel] {
        [
            model("nomic-embed-text:latest", 0.3, ["embedding"]), model("llama3.2:1b", 1.3), model("llama3.2:3b", 2),
            model("llama3.1:8b", 4.9), model("llama3.3:70b", 43), model("gpt-oss:120b-cloud", 0),
        ]
    }

    @Test(
        "is the largest that fits",
        arguments: [(8, "llama3.1:8b"), (5, "llama3.2:3b"), (2, "llama3.2:1b"), (1, "llama3.2:1b")])
    func fitting(gigabytes: Int, name: String) {
        let choice = ModelChoice.choose(from: installed, loaded: [], memory: gigabytes * gigabyte)
        #expect(choice?.name == name)
    }

    @Test("is not one that is too slow to listen to, whatever the memory", arguments: [64_000_000_000, nil])
    func fast(memory: Int?) {
        #expect(ModelChoice.choose(from: installed, loaded: [], memory: memory)?.name == "llama3.1:8b")
    }

    @Test("is one that is loaded, if there is one")
    func loaded() {
        let loaded = [LoadedModel(name: "nomic-embed-text:latest"), LoadedModel(name: "llama3.2:1b")]
        #expect(ModelChoice.choose(from: installed, loaded: loaded, memory: 8 * gigabyte)?.name == "llama3.2:1b")
    }

    @Test("is missing if none can answer")
    func none() {
        #expect(ModelChoice.choose(from: [], loaded: [], memory: nil) == nil)
        #expect(ModelChoice.choose(from: [model("bge-m3", 1, nil)], loaded: [], memory: nil) == nil)
    }

    @Test("fits or doesn't")
    func fits() {
        #expect(ModelChoice.fits(model("a", 2), memory: 3 * gigabyte) == true)
        #expect(ModelChoice.fits(model("a", 2), memory: 2 * gigabyte) == false)
        #expect(ModelChoice.fits(InstalledModel(name: "a"), memory: 1) == nil)
        #expect(ModelChoice.fits(InstalledModel(name: "a", size: .max), memory: 1) == false)
    }

    @Test("can be compared with the memory of this machine")
    func memory() throws {
        #expect(try #require(ModelChoice.availableMemory()) > 0)
    }
}
