// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// A chat with a program or a file: each line of standard input is a question or a command.
struct PlainSurface: ChatSurface {
    private let style: Presenter.Style
    private let input: StandardInput
    private var lines = LineSplitter()

    init(style: Presenter.Style) throws {
        self.style = style
        input = try StandardInput()
    }

    mutating func nextLine() async throws -> String? {
        while true {
            if let line = lines.next() {
                if line.contains(where: { !$0.isWhitespace }) { return line }
                continue
            }
            guard !lines.isFinished else { return nil }
            if let bytes = try await input.read() { try lines.append(bytes) } else { try lines.finish() }
        }
    }

    var status: StatusLine { StatusLine() }

    func presenter(awaiting awaited: String, status: StatusLine) -> any AnswerPresenting {
        Presenter(style: style, showsTimeline: false, status: status, awaited: awaited)
    }

    func say(_ text: String) {
        Console.say(text)
    }
}

/// Splits chunks of bytes into lines.
struct LineSplitter {
    /// Longer than any model's context; a longer line is a mistake.
    private static let longest = 8 * 1_048_576

    private var utf8 = StreamingUTF8()
    private var rest: Substring = ""
    /// Whether no more bytes will come.
    private(set) var isFinished = false

    /// - Throws: `Fault(.inputInvalid)` if the bytes are not UTF-8, or a line is too long.
    mutating func append(_ bytes: [UInt8]) throws(Fault) {
        rest += utf8.decode(bytes)
        try check()
        guard rest.utf8.count <= Self.longest else {
            throw Fault(.inputInvalid, "A line is longer than \(Self.longest / 1_048_576) MiB; split it.")
        }
    }

    /// Ends the input. The last line may lack a line end.
    mutating func finish() throws(Fault) {
        isFinished = true
        rest += utf8.finish()
        try check()
        if !rest.isEmpty { rest += "\n" }
    }

    /// The next line, without its end.
    mutating func next() -> String? {
        guard let end = rest.firstIndex(where: \.isNewline) else { return nil }
        defer { rest = rest[rest.index(after: end)...] }
        return String(rest[..<end])
    }

    private func check() throws(Fault) {
        if utf8.sawInvalid { throw StreamingUTF8.fault }
    }
}
