// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import LanguageModel
import Pipeline
import ServiceClient
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
    @OptionGroup(title: "Daemon") var delivery: DeliveryArguments
    @OptionGroup(title: "Daemon") var standalone: StandaloneArguments
    @OptionGroup var config: ConfigArguments

    func execute() async throws {
        let style = try display.style(output: sound.output)
        let given = try givenText()
        let daemon = try standalone.daemon(own: sound.given + config.given, foreign: delivery.given)
        if let daemon { try await say(given, daemon, style) } else { try await say(given, style) }
    }

    /// - Returns: `nil` if it comes from standard input.
    private func givenText() throws(Fault) -> String? {
        guard !text.isEmpty, text != ["-"] else { return nil }
        let text = text.joined(separator: " ")
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw Fault(.usage, "There is nothing to say; write it behind the command: utter say \"Hello.\"")
        }
        return text
    }

    private func say(_ given: String?, _ daemon: DaemonClient, _ style: Presenter.Style) async throws {
        let options = try delivery.options(sound.voice)
        if delivery.detach {
            // Whoever leaves at once must have given all of it.
            let text = if let given { given } else { try await PromptInput.all() }
            return try Console.write(try await daemon.leave(text, options).printable + "\n")
        }
        try await DaemonRun(daemon: daemon, style: style, showsTimeline: display.timeline)
            .speak(given.map { .say($0, options) } ?? .sayInput(options), from: "standard input")
    }

    private func say(_ given: String?, _ style: Presenter.Style) async throws {
        var settings = try config.load()
        try sound.apply(to: &settings)
        let run = ForegroundAnswer(
            settings: settings, output: sound.output, style: style, showsTimeline: display.timeline)
        try await run.speak(given.map(InputSource.text) ?? InputSource.standardInput, from: "standard input")
    }
}
