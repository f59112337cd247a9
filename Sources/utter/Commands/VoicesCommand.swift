// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Speech

struct VoicesCommand: FaultReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "voices", abstract: "List the voices of eSpeak NG.",
        discussion: "Any of the three columns is good for --voice; a variant may follow, as in en-us+f3.")

    @Option(help: "Only voices of this language, such as en or zh.")
    var language: String?

    func execute() async throws {
        let engine = try await SpeechEngines.start()
        let wanted = language?.lowercased()
        let voices = engine.voices.filter { voice in
            wanted.map { voice.language == $0 || voice.language.hasPrefix($0 + "-") } ?? true
        }
        let widths = (voices.map(\.language.count).max() ?? 0, voices.map(\.identifier.count).max() ?? 0)
        for voice in voices {
            try Console.write(
                pad(voice.language, widths.0) + "  " + pad(voice.identifier, widths.1) + "  " + voice.name + "\n")
        }
    }

    private func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
