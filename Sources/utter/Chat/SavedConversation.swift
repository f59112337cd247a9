// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Pipeline
import Utterance

/// A conversation as a text file for people.
enum SavedConversation {
    /// Questions are quoted; answers are written as they were heard.
    static func text(_ exchanges: [Conversation.Exchange]) -> String {
        let parts = exchanges.map { exchange in
            "> " + exchange.question + "\n\n" + exchange.answer.trimmedAtEnd + (exchange.isInterrupted ? " …" : "")
                + "\n"
        }
        return parts.joined(separator: "\n")
    }

    /// - Parameter replaces: whether to overwrite an existing file.
    /// - Throws: `Fault(.outputUnwritable)`.
    static func write(_ exchanges: [Conversation.Exchange], to path: String, replaces: Bool) throws(Fault) {
        let path = expanded(path)
        guard replaces || !FileManager.default.fileExists(atPath: path) else {
            throw Fault(.outputUnwritable, "\(path) already exists; choose another name.")
        }
        do {
            try Data(text(exchanges).utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw Fault(
                .outputUnwritable, "\(path) can't be written; choose a folder that exists and that you may write to.")
        }
    }

    /// Expands `~/` to the home folder, as a shell does.
    private static func expanded(_ path: String) -> String {
        guard path.hasPrefix("~/"), let home = ProcessEnvironment.variables["HOME"] else { return path }
        return home + path.dropFirst()
    }
}

extension String {
    fileprivate var trimmedAtEnd: String {
        String(reversed().drop(while: \.isWhitespace).reversed())
    }
}
