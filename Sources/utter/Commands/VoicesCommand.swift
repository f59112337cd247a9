// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Assistant
import Speech
import Utterance

struct VoicesCommand: FaultReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "voices", abstract: "List the voices of eSpeak NG.",
        discussion: "--voice accepts any of the three columns; a variant may follow, as in en-us+f3.")

    @Option(help: "Only voices of this language, such as en or zh.")
    var language: String?

    func execute() async throws {
        let engine = try await SpeechEngines.start()
        let voices = engine.voices.filter { voice in language.map(voice.reads) ?? true }
        if voices.isEmpty, let language {
            throw Fault(.voiceUnknown, "There is no voice for \(language); utter voices lists all of them.")
        }
        let widths = (voices.map(\.language.count).max() ?? 0, voices.map(\.identifier.count).max() ?? 0)
        for voice in voices {
            let columns = [voice.language.padded(to: widths.0), voice.identifier.padded(to: widths.1), voice.name]
            try Console.write(columns.joined(separator: "  ") + "\n")
        }
    }
}

extension Voice {
    /// The languages that are called Chinese: Mandarin, Cantonese, Hakka, Min Nan.
    private static let chinese = ["zh", "cmn", "yue", "hak", "nan"]

    /// Whether it reads a language, given by its tag, such as `en` or `zh-CN`, or by its English name.
    fileprivate func reads(_ language: String) -> Bool {
        let wanted = language.lowercased()
        if name.lowercased() == wanted || name.lowercased().hasPrefix(wanted + " (") { return true }
        let tags = wanted.primaryLanguage == "zh" ? Self.chinese : [wanted]
        return tags.contains { self.language == $0 || self.language.hasPrefix($0 + "-") }
    }
}
