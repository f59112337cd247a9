// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Assistant
import Settings
import Speech
import Utterance

struct VoicesCommand: FaultReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "voices", abstract: "List the voices of eSpeak NG and of the voice servers.",
        discussion: """
            --voice accepts any of the three columns; eSpeak NG's may be followed by a variant, as in en-us+f3. A voice \
            server's are named as in piper/en_US-joe-medium (docs/voices.md).
            """)

    @Option(help: "Only voices of this language, such as en or zh.")
    var language: String?

    @OptionGroup var config: ConfigArguments

    func execute() async throws {
        var settings = try config.load()
        // The configured voice may be missing, which is why the user is looking.
        settings.use(voice: "auto")
        let engine = try await SpeechEngines.start(settings, environment: ProcessEnvironment.variables)
        await engine.refreshVoices()
        let voices = engine.voices.filter { voice in language.map(voice.reads) ?? true }
        if voices.isEmpty, let language {
            throw Fault(.voiceUnknown, "There is no voice for \(language); utter voices lists them all.")
        }
        let widths = (voices.map(\.language.count).max() ?? 0, voices.map(\.identifier.count).max() ?? 0)
        for voice in voices {
            let columns = [voice.language.padded(to: widths.0), voice.identifier.padded(to: widths.1), voice.name]
            try Console.write(columns.joined(separator: "  ") + "\n")
        }
    }
}

extension Voice {
    /// The languages that count as Chinese: Mandarin, Cantonese, Hakka, Min Nan.
    private static let chinese = ["zh", "cmn", "yue", "hak", "nan"]

    /// Whether the voice reads a language, given by its tag, such as `en` or `zh-CN`, or by its English name.
    fileprivate func reads(_ language: String) -> Bool {
        let wanted = language.lowercased()
        if name.lowercased() == wanted || name.lowercased().hasPrefix(wanted + " (") { return true }
        let tags = wanted.primaryLanguage == "zh" ? Self.chinese : [wanted]
        return tags.contains { tag in tagsOfLanguages.contains { $0 == tag || $0.hasPrefix(tag + "-") } }
    }
}
