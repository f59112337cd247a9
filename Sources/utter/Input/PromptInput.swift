// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Utterance

/// The prompt of a question: the words of the command line, or all of standard input.
enum PromptInput {
    /// Longer than any model's context; what is longer was not meant.
    private static let longest = 8 * 1_048_576

    /// All of standard input.
    ///
    /// - Throws: `Fault(.inputInvalid)` if it is not text.
    static func all() async throws -> String {
        try await StandardInput().text(limit: longest)
    }

    /// - Throws: `Fault(.usage)` if there is none; `Fault(.inputInvalid)` if it is not text.
    static func read(_ words: [String]) async throws -> String {
        let prompt: String
        if words.isEmpty || words == ["-"] {
            guard words == ["-"] || isatty(STDIN_FILENO) == 0 else {
                throw Fault(
                    .usage, "There is no prompt; write it behind the command: utter ask \"Why is the sky blue?\"")
            }
            prompt = try await all()
        } else {
            prompt = words.joined(separator: " ")
        }
        guard prompt.contains(where: { !$0.isWhitespace && $0 != "\0" }) else {
            throw Fault(.usage, "The prompt is empty; write it behind the command: utter ask \"Why is the sky blue?\"")
        }
        return prompt
    }
}
