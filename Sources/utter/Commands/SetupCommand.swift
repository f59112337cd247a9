// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Settings
import Utterance

struct SetupCommand: FaultReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup",
        abstract: "Set up server, model, loudspeaker, volume and language by answering a few questions.",
        discussion: """
            Each playback device says its number, so that you can tell which one you hear. The answers go into the \
            configuration file, whose comments are kept; nothing is written before you agree. In a Chinese locale, the \
            questions are in Chinese.
            """)

    @OptionGroup var config: ConfigArguments

    func execute() async throws {
        guard TerminalDialogue.isPossible else {
            throw Fault(
                .usage,
                "utter setup asks questions on a terminal; without one, edit the configuration file "
                    + "(man utter names it; utter config show prints all settings).")
        }
        let settings = try config.load()
        let words = Bilingual(settings)
        guard let signal = try await ProcessSignals.interrupting({ try await setUp(settings, words) }) else { return }
        sayNothingWritten(words)
        throw ExitCode(signal)
    }

    private func setUp(_ settings: Settings, _ words: Bilingual) async throws {
        var setup = Setup(person: try TerminalDialogue(), world: .machine, settings: settings, words: words)
        guard try await setup.run(), try await write(setup.changes, settings, words, &setup.person) else {
            return sayNothingWritten(words)
        }
    }

    private func sayNothingWritten(_ words: Bilingual) {
        Console.say("\n" + words("Nothing was written.\n", "没有写入任何东西。\n"))
    }

    /// - Returns: `false` if the user declines.
    private func write(
        _ changes: [SettingsChange], _ settings: Settings, _ words: Bilingual, _ person: inout TerminalDialogue
    ) async throws -> Bool {
        guard !changes.isEmpty else {
            Console.say("\n" + words("Nothing has changed.", "一切照旧。"))
            return false
        }
        let writer = try SettingsWriter(changes, to: settings, environment: ProcessEnvironment.variables)
        person.say("\n" + words("To be written to \(writer.path):\n", "将写入 \(writer.path)：\n"))
        for change in changes { person.say("   \(change.section).\(change.key): \(change.value.written)\n") }
        guard try await person.confirm(words("Write it? [Y/n] ", "写入吗？[Y/n] ")) else { return false }
        try writer.write()
        person.say(
            words(
                "Done. Try it: utter ask \"Why is the sky blue?\"\n",
                "好了。试试：utter ask \"天空为什么是蓝色的？\"\n"))
        return true
    }
}
