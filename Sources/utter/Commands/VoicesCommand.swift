// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Assistant
import Speech

struct VoicesCommand: FaultReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "voices", abstract: "List the voices of eSpeak NG.",
        discussion: "--voice accepts any of the three columns; a variant may follow, as in en-us+f3.")

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
            let columns = [voice.language.padded(to: widths.0), voice.identifier.padded(to: widths.1), voice.name]
            try Console.write(columns.joined(separator: "  ") + "\n")
        }
    }
}
