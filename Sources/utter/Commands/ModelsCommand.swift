// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Assistant
import LanguageModel
import Settings
import Utterance

struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "List the models of the server, or pull one.",
        subcommands: [List.self, Pull.self], defaultSubcommand: List.self)

    struct List: FaultReportingCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "List the installed models: size, whether and where each is loaded, and whether it fits into memory.",
            discussion: "The one that answers when no model is named is marked with *.")
        @OptionGroup var server: ServerArguments
        @OptionGroup var config: ConfigArguments

        func execute() async throws {
            let settings = try server.apply(to: config.load())
            guard let server = try settings.modelServer(environment: ProcessEnvironment.variables) else {
                return try Console.write("\(DemoModel.name)\n")
            }
            async let running = server.loadedModels()
            let installed = try await server.installedModels()
            let loaded = (try? await running) ?? []
            guard !installed.isEmpty else { throw Fault.noModelInstalled(at: server) }
            let memory = server.memory
            let chosen = ModelChoice.choose(from: installed, loaded: loaded, memory: memory)
            let table = ModelTable(
                installed: installed, loaded: loaded, memory: memory, answering: settings.model.name ?? chosen?.name)
            try Console.write(table.text)
        }
    }

    struct Pull: FaultReportingCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have Ollama fetch a model from its library.",
            discussion: "Ctrl-C stops it; what has arrived is kept, and pulling again continues from there.")
        @Argument(help: "The model's name, such as llama3.2:1b (see https://ollama.com/library).")
        var name: String
        @OptionGroup var server: ServerArguments
        @OptionGroup var config: ConfigArguments

        func execute() async throws {
            let settings = try server.apply(to: config.load())
            guard let server = try settings.modelServer(environment: ProcessEnvironment.variables) else {
                throw Fault(.usage, "The demo has no models to pull; name a server with --url or --provider ollama.")
            }
            try await PullRun(server: server, model: name).run()
            Console.tell(Bilingual.ofLocale("\(name) is installed.", "\(name) 已安装。"))
        }
    }
}
