// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// The commands of a chat. Without a value, a command shows the current value.
enum SlashCommand: Equatable {
    case voice(String?)
    case rate(Int?)
    case model(String?)
    case persona(String?)
    case volume(Int?)
    case models
    case new
    case again
    case save(String)
    case help
    case quit

    /// - Returns: `nil` if the line is a question.
    /// - Throws: `Fault(.usage)` for an unknown command or an invalid value.
    init?(_ line: String) throws(Fault) {
        guard line.hasPrefix("/") else { return nil }
        let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
        let name = words.first ?? line
        let value = words.count > 1 ? words[1...].joined(separator: " ") : nil
        switch name {
        case "/voice": self = .voice(value)
        case "/rate": self = .rate(try value.map(Self.rate))
        case "/model": self = .model(value)
        case "/persona": self = .persona(value)
        case "/volume": self = .volume(try value.map(Self.volume))
        case "/models": self = .models
        case "/new", "/clear": self = .new
        case "/again": self = .again
        case "/save":
            guard let value else { throw Fault(.usage, "/save needs a file name: /save talk.md") }
            self = .save(value)
        case "/help": self = .help
        case "/quit", "/exit": self = .quit
        default: throw Self.unknown(name)
        }
    }

    private static func rate(_ text: String) throws(Fault) -> Int {
        guard let rate = Int(text) else { throw Fault(.usage, "/rate needs a number of words per minute: /rate 200") }
        return rate
    }

    private static func volume(_ text: String) throws(Fault) -> Int {
        guard let volume = Int(text), (0...200).contains(volume) else {
            throw Fault(.usage, "/volume needs a percentage from 0 to 200: /volume 80")
        }
        return volume
    }

    private static func unknown(_ name: String) -> Fault {
        Fault(.usage, "There is no command \(name).\(names.suggestion(for: name)) /help lists them all.")
    }

    private static let names = [
        "/voice", "/rate", "/volume", "/model", "/models", "/persona", "/new", "/again", "/save", "/help", "/quit",
    ]

    /// The values that are available for commands.
    struct Choices: Sendable, Equatable {
        var voices: [String] = []
        var models: [String] = []
        var personas: [String] = []

        /// The lines that `line` may be the beginning of, if it is a command.
        func completions(of line: String) -> [String] {
            guard line.hasPrefix("/"), !line.contains("\n") else { return [] }
            guard let blank = line.firstIndex(of: " ") else { return names.filter { $0.hasPrefix(line) } }
            let values =
                switch line[..<blank] {
                case "/voice": ["auto"] + voices
                case "/model": models
                case "/persona": personas
                default: [] as [String]
                }
            return values.map { line[..<blank] + " " + $0 }.filter { $0.hasPrefix(line) }
        }
    }
}
