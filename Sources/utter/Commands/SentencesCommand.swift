// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Assistant
import Sentences
import Settings
import Speech
import Utterance

struct SentencesCommand: FaultReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "sentences",
        abstract:
            "Show how text is cut and what is said: text in, one JSON object per piece out, as soon as it is certain.",
        discussion: """
            Reads standard input. Each line of output holds index, kind, text (mark-up removed), spoken, voice, and start \
            and end, the byte offsets of the piece in standard input. The result does not depend on how the input is cut \
            into chunks; --chunk proves it. With --pacing, pieces are cut as in a live answer.
            """)

    @Option(help: "The language of Latin text, such as en or de.")
    var language: String?

    @Option(help: "Feed the text in chunks of this many characters.")
    var chunk: Int?

    @Option(
        help: ArgumentHelp(
            "Cut as for a listener, while a model writes this many tokens per second.", valueName: "tokens/s"))
    var pacing: Double?

    @OptionGroup var config: ConfigArguments

    @Argument(help: .hidden)
    var files: [String] = []

    private static let paces = 0.001...1_000_000

    func execute() async throws {
        if let file = files.first {
            throw Fault(.usage, "utter sentences reads standard input: utter sentences < \(file)")
        }
        if Console.inputIsTerminal {
            Console.say(Bilingual.ofLocale("Type the text; Ctrl-D ends.\n", "请输入文字，Ctrl-D 结束。\n"))
        }
        var settings = try config.load()
        if let language { settings.text.language = language }
        if let chunk, chunk < 1 { throw Fault(.usage, "--chunk must be at least 1.") }
        if let pacing, !Self.paces.contains(pacing) {
            throw Fault(.usage, "--pacing must be from 0.001 to 1000000 tokens per second.")
        }
        var options = settings.textOptions
        options.offsets = .input
        let engine = try await SpeechEngines.start(settings, environment: ProcessEnvironment.variables)
        let writer = PieceWriter { [parameters = settings.voiceParameters] runs in
            engine.reading(of: runs, parameters)
        }
        var stream = PieceStream(options, tokensPerSecond: pacing, parameters: settings.voiceParameters)
        let input = try StandardInput()
        var decoder = StreamingUTF8()
        while let bytes = try await input.read() {
            for fragment in fragments(of: decoder.decode(bytes)) {
                try writer.write(stream.append(fragment))
            }
        }
        let rest = decoder.finish()
        if !rest.isEmpty { try writer.write(stream.append(rest)) }
        try writer.write(stream.finish())
        if decoder.sawInvalid { throw StreamingUTF8.fault }
    }

    /// The text as one fragment, or in chunks of `chunk` Unicode scalars. These are finer than characters, so that
    /// splits inside grapheme clusters are covered too.
    private func fragments(of text: String) -> [String] {
        guard let chunk, !text.isEmpty else { return text.isEmpty ? [] : [text] }
        var fragments: [String] = []
        var rest = text.unicodeScalars[...]
        while !rest.isEmpty {
            fragments.append(String(rest.prefix(chunk)))
            rest = rest.dropFirst(chunk)
        }
        return fragments
    }
}
