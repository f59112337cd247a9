// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Utterance

/// Writes pieces to standard output, a line of JSON each.
struct PieceWriter {
    private struct Line: Encodable {
        var index: Int
        var kind: Piece.Kind
        var text: String
        var spoken: String
        var voice: String
        var start: Int
        var end: Int
    }

    private let voices: ([SpokenRun]) -> String
    private let encoder: JSONEncoder

    /// - Parameter voices: the names of the voices that read a piece.
    init(voices: @escaping ([SpokenRun]) -> String) {
        self.voices = voices
        encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    func write(_ pieces: [Piece]) throws {
        var lines = ""
        for piece in pieces {
            let line = Line(
                index: piece.index, kind: piece.kind, text: piece.text, spoken: piece.spoken,
                voice: voices(piece.runs), start: piece.source.lowerBound,
                end: piece.source.upperBound)
            lines += String(decoding: try encoder.encode(line), as: UTF8.self) + "\n"
        }
        if !lines.isEmpty { try Console.write(lines) }
    }
}
