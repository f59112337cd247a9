// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Utterance

/// A word that is not a command, where a command was expected: a typo, or a question without `ask`.
///
/// ArgumentParser would call it an unexpected argument, without saying what to do.
struct CommandMistake: Equatable {
    /// What is wrong, and what to enter instead.
    let message: String

    /// - Parameter arguments: those after the program's name.
    /// - Returns: `nil` if they begin with a command or an option.
    static func find(
        in arguments: [String], of root: any ParsableCommand.Type = Utter.self, words: Bilingual = .ofLocale
    ) -> Self? {
        var command = CommandNode(root)
        var path: [String] = []
        for (index, word) in arguments.enumerated() {
            let names = command.children.map(\.name)
            guard !names.isEmpty, !word.hasPrefix("-") else { return nil }
            if path.isEmpty, word == Self.help {
                guard arguments.count > index + 1 else { return nil }
                return find(in: Array(arguments[(index + 1)...]), of: root, words: words)
            }
            guard let next = command.children.first(where: { $0.name == word }) else {
                return Self(
                    message: message(
                        about: word, after: path, names, isAll: index == arguments.count - 1, arguments, words))
            }
            command = next
            path.append(word)
        }
        return nil
    }

    private static let help = "help"

    private static func message(
        about word: String, after path: [String], _ names: [String], isAll: Bool, _ arguments: [String],
        _ words: Bilingual
    ) -> String {
        let parent = path.map { $0 + " " }.joined()
        if let near = word == "version" ? "--version" : (names + [help]).nearest(to: word) {
            return words(
                "There is no command \(parent)\(word). Did you mean utter \(parent)\(near)?",
                "没有 \(parent)\(word) 这个命令。您要找的是不是 utter \(parent)\(near)？")
        }
        guard path.isEmpty else {
            return words(
                "There is no command \(parent)\(word); utter \(parent)has \(names.joined(separator: ", ")).",
                "没有 \(parent)\(word) 这个命令；utter \(parent)有：\(names.joined(separator: "、"))。")
        }
        let text = arguments.joined(separator: " ")
        let isWord = isAll && !text.contains(where: \.isWhitespace)
        let cause =
            isWord
            ? words("There is no command \(word).", "没有 \(word) 这个命令。") : words("A command is missing.", "缺少命令。")
        return cause
            + words(
                " To ask this: utter ask \"\(text)\". All commands: utter --help",
                "要问这个问题，请输入：utter ask \"\(text)\"。全部命令：utter --help")
    }
}

/// A command as ArgumentParser knows it.
private struct CommandNode {
    let name: String
    let subcommands: [any ParsableCommand.Type]

    init(_ command: any ParsableCommand.Type) {
        let configuration: CommandConfiguration = command.configuration
        name = configuration.commandName ?? "\(command)".lowercased()
        subcommands = configuration.ungroupedSubcommands + configuration.groupedSubcommands.flatMap(\.subcommands)
    }

    var children: [CommandNode] { subcommands.map { CommandNode($0) } }
}
