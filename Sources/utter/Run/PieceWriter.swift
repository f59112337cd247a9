// SPDX-License-Identifier: GPL-3.0-or-later
import Speech
import Utterance

/// Writes pieces to standard output, each as a line of JSON.
struct PieceWriter {
    private let reading: ([SpokenRun]) -> PieceReading

    /// - Parameter reading: returns what is read for a piece, and by which voices.
    init(reading: @escaping ([SpokenRun]) -> PieceReading) {
        self.reading = reading
    }

    func write(_ pieces: [Piece]) throws {
        var lines = ""
        for piece in pieces { lines += Self.line(piece, reading(piece.runs)) }
        if !lines.isEmpty { try Console.write(lines) }
    }

    /// The piece as one line, with sorted keys. `JSONEncoder` would take longer for the line than the text stage for
    /// the piece.
    static func line(_ piece: Piece, _ reading: PieceReading) -> String {
        var line = "{\"end\":\(piece.source.upperBound),\"index\":\(piece.index),\"kind\":\"\(piece.kind.rawValue)\""
        line += ",\"spoken\":\""
        line.appendEscaped(reading.spoken)
        line += "\",\"start\":\(piece.source.lowerBound),\"text\":\""
        line.appendEscaped(piece.text)
        line += "\",\"voice\":\""
        line.appendEscaped(reading.voices)
        line += "\"}\n"
        return line
    }
}

extension String {
    /// Appends `text`, escaped for a JSON string.
    fileprivate mutating func appendEscaped(_ text: String) {
        guard text.utf8.contains(where: \.needsEscape) else { return self += text }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": self += "\\\""
            case "\\": self += "\\\\"
            case "\n": self += "\\n"
            case "\r": self += "\\r"
            case "\t": self += "\\t"
            case "\0"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                self += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: unicodeScalars.append(scalar)
            }
        }
    }
}

extension UInt8 {
    fileprivate var needsEscape: Bool {
        self < 0x20 || self == UInt8(ascii: "\"") || self == UInt8(ascii: "\\")
    }
}
