// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Utterance

/// Asks a person questions.
protocol Dialogue {
    func say(_ text: String)
    /// The next line of input, without its end; `nil` at the end of the input.
    mutating func answer() async throws -> String?
    /// Hides what is typed until ``acceptInput()``.
    mutating func ignoreInput()
    /// Discards what was typed since ``ignoreInput()``.
    mutating func acceptInput()
}

extension Dialogue {
    mutating func ignoreInput() {}
    mutating func acceptInput() {}

    /// Asks until the answer is valid. An empty answer means `fallback`.
    ///
    /// - Parameters:
    ///   - again: says why an answer is invalid, and what is expected instead.
    ///   - read: interprets an answer; returns `nil` if it is invalid.
    /// - Returns: `nil` at the end of the input.
    mutating func ask<Value>(
        _ question: String, fallback: Value? = nil, again: (String) -> String, read: (String) -> Value?
    ) async throws -> Value? {
        say(question)
        while let line = try await answer() {
            let text = line.trimmed
            if text.isEmpty, let fallback { return fallback }
            if let value = read(text) { return value }
            say(again(text))
        }
        return nil
    }
}

extension Dialogue {
    /// Asks for yes or no, in English or Chinese. The end of the input means no.
    mutating func confirm(_ question: String) async throws -> Bool {
        try await ask(question, fallback: true, again: { _ in "y/n? " }) { text in
            switch text.lowercased() {
            case "y", "yes", "j", "是", "好", "对": true
            case "n", "no", "否", "不", "不是": false
            default: nil
            }
        } ?? false
    }
}

/// A dialogue on the terminal: questions on standard error, answers from standard input.
struct TerminalDialogue: Dialogue {
    /// Whether there is somebody to answer.
    static var isPossible: Bool { isatty(STDIN_FILENO) == 1 && Console.errorIsTerminal }

    private let input: StandardInput
    private var pending: [UInt8] = []
    /// The terminal's state before ``ignoreInput()``.
    private var stateBefore: termios?

    init() throws {
        input = try StandardInput()
    }

    func say(_ text: String) {
        Console.say(text.wrapped(to: Console.width - 1))
    }

    mutating func ignoreInput() {
        var state = termios()
        guard stateBefore == nil, unsafe tcgetattr(STDIN_FILENO, &state) == 0 else { return }
        stateBefore = state
        state.c_lflag &= ~tcflag_t(ECHO)
        _ = unsafe tcsetattr(STDIN_FILENO, TCSANOW, &state)
    }

    mutating func acceptInput() {
        pending = []
        tcflush(STDIN_FILENO, TCIFLUSH)
        guard var state = stateBefore else { return }
        stateBefore = nil
        _ = unsafe tcsetattr(STDIN_FILENO, TCSANOW, &state)
    }

    mutating func answer() async throws -> String? {
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                defer { pending.removeFirst(end + 1) }
                return String(decoding: pending[..<end], as: UTF8.self).printable
            }
            guard let bytes = try await input.read() else { return nil }
            pending += bytes
        }
    }
}
