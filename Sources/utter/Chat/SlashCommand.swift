// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// What can be entered in a chat beside questions. Without its value, a command says what is in force.
enum SlashCommand: Equatable {
    case voice(String?)
    case rate(Int?)
    case model(String?)
    case persona(String?)
    case again
    case save(String)
    case help
    case quit

    /// - Returns: `nil` if the line is a question.
    /// - Throws: `Fault(.usage)` for a command that is not known, or one whose value is wrong.
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
        case "/again": self = .again
        case "/save":
            guard let value else { throw Fault(.usage, "/save needs a file's name: /save talk.md") }
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

    private static func unknown(_ name: String) -> Fault {
        let hint = names.nearest(to: name).map { " Did you mean \($0)?" } ?? ""
        return Fault(.usage, "There is no command \(name).\(hint) /help lists them all.")
    }

    private static let names = ["/voice", "/rate", "/model", "/persona", "/again", "/save", "/help", "/quit"]

    static let summary = """
        /voice NAME    another voice, such as de or en-us+f3; auto: by language
        /rate N        words per minute, 80 to 450
        /model NAME    another model
        /persona NAME  another persona of the configuration
        /again         hear the last answer again
        /save FILE     write the conversation to a file
        /help          this
        /quit          end
        Without a name or number, the first four say what is in force.

        """
}
