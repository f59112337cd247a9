// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import DaemonAPI
import DaemonClient
import FoundationEssentials
import LanguageModel
import Utterance

struct SayCommand: FaultReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "say",
        abstract: "Speak text; from standard input, the first sentence plays while the rest is still arriving.",
        discussion: """
            Without text on the command line, standard input is read as it comes. Mark-up (Markdown, code, links) is not \
            read aloud. Ctrl-C stops.

            If a daemon is running, it may play a chime first, say only important texts in quiet hours, and leave out a text \
            that it has just said (section announcements of the configuration).

            Examples:
              make; utter say "The build has ended."
              utter say < notes.txt
              utter say --priority important "Someone is at the door."
            """)

    @Argument(help: "The text; if it is - or missing, standard input is read.")
    var text: [String] = []
    @OptionGroup(title: "Sound") var sound: SoundArguments
    @OptionGroup(title: "Display") var display: DisplayArguments
    @OptionGroup(title: "Daemon") var delivery: DeliveryArguments
    @OptionGroup(title: "Daemon") var standalone: StandaloneArguments
    @OptionGroup var config: ConfigArguments

    func execute() async throws {
        let style = try display.style(output: sound.output)
        let given = try givenText()
        if given == nil, Console.inputIsTerminal { Self.invite() }
        let daemon = try standalone.daemon(localOnly: sound.given + config.given, daemonOnly: delivery.given)
        if let daemon { try await say(given, daemon, style) } else { try await say(given, style) }
    }

    private static func invite() {
        Console.say(Bilingual.ofLocale("Type what to say; Ctrl-D ends.\n", "请输入要朗读的文字，Ctrl-D 结束。\n"))
    }

    /// - Returns: `nil` if the text comes from standard input.
    private func givenText() throws(Fault) -> String? {
        guard !text.isEmpty, text != ["-"] else { return nil }
        if text.count == 1, FileManager.default.isReadableFile(atPath: text[0]) {
            Console.tell(
                Bilingual.ofLocale(
                    "\(text[0]) is a file; to hear its contents: utter say < \(text[0])",
                    "\(text[0]) 是一个文件；要听它的内容，请输入：utter say < \(text[0])"))
        }
        let text = text.joined(separator: " ")
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw Fault(.usage, "There is nothing to say; write it after the command: utter say \"Hello.\"")
        }
        return text
    }

    private func say(_ given: String?, _ daemon: DaemonClient, _ style: Presenter.Style) async throws {
        let options = try delivery.options(sound.voice)
        if delivery.detach {
            // The daemon needs all of the text before this process exits.
            let text = if let given { given } else { try await PromptInput.all() }
            let reply = try await daemon.leave(text, options)
            if let notice = reply.notice { Console.tell(notice.shown) }
            return try Console.write(reply.answer.printable + "\n")
        }
        try await AnswerRun(style: style, showsTimeline: display.timeline)
            .speak(given.map { .say($0, options) } ?? .sayInput(options), daemon, from: awaited)
    }

    private func say(_ given: String?, _ style: Presenter.Style) async throws {
        var settings = try config.load()
        try sound.apply(to: &settings)
        try await AnswerRun(style: style, showsTimeline: display.timeline).speak(
            given.map(InputSource.text) ?? InputSource.standardInput, settings, output: sound.output,
            from: awaited)
    }

    /// Somebody who is typing doesn't need to see the seconds counted.
    private var awaited: String? { text.isEmpty && Console.inputIsTerminal ? nil : "standard input" }
}
