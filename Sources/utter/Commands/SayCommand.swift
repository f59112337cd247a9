// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import LanguageModel
import Pipeline
import Utterance

struct SayCommand: FaultReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "say",
        abstract: "Speak text; from standard input, the first sentence plays while the rest is still being written.",
        discussion: """
            Without text on the command line standard input is read as it comes. Mark-up (Markdown, code, links) is not \
            read aloud. Ctrl-C stops.
            """)

    @Argument(help: "The text; - or nothing: standard input.")
    var text: [String] = []
    @OptionGroup(title: "Sound") var sound: SoundArguments
    @OptionGroup(title: "Display") var display: DisplayArguments
    @OptionGroup var config: ConfigArguments

    func execute() async throws {
        var settings = try config.load()
        try sound.apply(to: &settings)
        let style = try display.style(output: sound.output)
        let run = ForegroundAnswer(
            settings: settings, output: sound.output, style: style, showsTimeline: display.timeline)
        try await run.speak(try source(), from: "standard input")
    }

    private func source() throws(Fault) -> Answer.Source {
        guard !text.isEmpty, text != ["-"] else { return InputSource.standardInput }
        let text = text.joined(separator: " ")
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw Fault(.usage, "There is nothing to say; write it behind the command: utter say \"Hello.\"")
        }
        return { deliver in
            try await deliver(.text(text))
            return nil
        }
    }
}
