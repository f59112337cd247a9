// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Assistant
import Speech
import Utterance

@main
struct Utter: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "utter",
        abstract: "Speaks a language model's answer, the first sentence while the rest is still being generated.",
        discussion: """
            prompt -> model stream (Ollama) -> sentences -> eSpeak NG -> ALSA

            Try:  utter ask "Why is the sky blue?"
                  utter ask --timeline "天空为什么是蓝色的？"
                  make; utter say "The build has ended."
                  echo "Hello." | utter say
                  utter chat

            To get started:  utter setup

            If something is wrong:  utter doctor
            """,
        version: Version.description,
        subcommands: [
            AskCommand.self, SayCommand.self, ChatCommand.self, SentencesCommand.self, SetupCommand.self,
            ModelsCommand.self, VoicesCommand.self, DevicesCommand.self, DoctorCommand.self, ConfigCommand.self,
        ],
        groupedSubcommands: [
            CommandGroup(
                name: "Daemon",
                subcommands: [
                    ServeCommand.self, StatusCommand.self, StopCommand.self, PauseCommand.self, ResumeCommand.self,
                    SetCommand.self, SignalCommand.self, MCPCommand.self,
                ])
        ])

    /// On the main actor, so that the speech process is confined while it only has its first thread.
    @MainActor
    static func main() async {
        // Not a user command: the daemon starts it, and it must be ready at once.
        guard CommandLine.arguments.dropFirst() == [SpeechEngines.processCommand] else { return await run() }
        do throws(Fault) { try await SpeechServer.run() } catch {
            Console.tell(error.message)
            exit(withError: ExitCode(ExitStatus.of(error)))
        }
    }

    private static func run() async {
        if let mistake = CommandMistake.find(in: Array(CommandLine.arguments.dropFirst())) {
            Console.tell(mistake.message)
            exit(withError: ExitCode(ExitStatus.usage))
        }
        do {
            var command = try await asyncParseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            tell(error)
            exit(withError: error)
        }
    }

    /// Reports a mistake in the arguments like any other mistake, where ArgumentParser would write "Error:". Any other
    /// error is left to it.
    private static func tell(_ error: any Error) {
        let label = "Error: "
        let text = fullMessage(for: error)
        guard exitCode(for: error) == .validationFailure, text.hasPrefix(label) else { return }
        let lines = text.dropFirst(label.count).split(separator: "\n", maxSplits: 1)
        Console.tell(String(lines.first ?? ""))
        if CommandLine.arguments.contains(where: { $0.hasPrefix("-") && $0.contains(" ") && !$0.contains("=") }) {
            Console.say(
                Bilingual.ofLocale(
                    "Text that begins with - needs -- before it: utter say -- \"- a point\"\n",
                    "以 - 开头的文字前面要加 --：utter say -- \"- 第一点\"\n"))
        }
        if lines.count > 1 { Console.say("\(lines[1])\n") }
        exit(withError: ExitCode.validationFailure)
    }
}
