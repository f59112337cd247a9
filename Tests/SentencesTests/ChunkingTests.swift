// SPDX-License-Identifier: GPL-3.0-or-later
import Sentences
import Testing
import Utterance

/// Random text made of the parts that matter; the same for the same seed.
struct RandomText {
    private var state: UInt64

    init(seed: Int) {
        state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    }

    private mutating func next(below bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }

    static let parts = [
        "a", "The", "Dr", "U.S", "e.g", "3", "14", "word", "No", "I", "über", "Привет", "你好", "こんにちは", "안녕", "e\u{301}",
        "👩‍👩‍👧", "😀", "🇩🇪", "1️⃣", ".", ".", "!", "?", "…", "...", "。", "！", ",", "，", ":", ";", " ", " ", " ", " ", " ", "\n",
        "\n\n", "\r\n", "\t", "*", "**", "_", "`", "``", "```", "~~", "#", "# ", "- ", "1. ", "2) ", "(b) ", "> ",
        "---", "|",
        "| a | b |\n|--|--|\n", "[", "]", "(", ")", "](", "![", "[1]", "\n[x]: http://y\n", "<", ">", "<br>", "<b>",
        "</think>",
        "<think>", "<|im_end|>", "&amp;", "&", ";", "$", "$$", "$x^2$", "\\", "\\(", "\\)", "https://a.example/b",
        "www.x.com",
        "file.txt", "“", "”", "\"", "'", "「", "」", "【", "】", "【1†s】", "«", "»", "—", "• ", "說", "と", "z. B. ", "p.m. ",
        "\u{1B}[3D", "\u{1B}[K", "\u{1B}[1m", "\u{1B}]0;t\u{7}", "\u{1B}", "\u{8}", "\r", "⠋", "Thinking...\n",
    ]

    mutating func make(parts count: Int) -> String {
        (0..<count).map { _ in Self.parts[next(below: Self.parts.count)] }.joined()
    }

    /// `text`, split at random places between scalars.
    mutating func cut(_ text: String) -> [String] {
        var fragments: [String] = []
        var rest = text.unicodeScalars[...]
        while !rest.isEmpty {
            let size = 1 + next(below: 12)
            fragments.append(String(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return fragments
    }
}

@Suite struct ChunkingTests {
    private let now = Moment(sinceZero: .zero)

    private func events(_ fragments: [String]) -> [SentenceEvent] {
        var stream = SentenceStream(TextOptions(longestPiece: 80))
        return fragments.flatMap { stream.append($0, at: now, ahead: nil) } + stream.finish(at: now)
    }

    /// A short description of the first piece that differs.
    private func difference(_ cut: [Piece], _ whole: [Piece]) -> String? {
        for index in 0..<max(cut.count, whole.count) {
            let left = index < cut.count ? cut[index] : nil
            let right = index < whole.count ? whole[index] : nil
            if left != right { return "\(left?.summary ?? "nothing") in place of \(right?.summary ?? "nothing")" }
        }
        return nil
    }

    @Test("How the text was split never changes what is said", arguments: 0..<1500)
    func anyCut(seed: Int) {
        var random = RandomText(seed: seed)
        let text = random.make(parts: 60)
        let whole = events([text])
        for fragments in [text.fragments(of: 1), text.fragments(of: 3), random.cut(text), random.cut(text)] {
            let cut = events(fragments)
            #expect(difference(cut.pieces, whole.pieces) == nil, "\(text.debugDescription)")
            #expect(cut.text == whole.text)
        }
    }

    @Test("Live output ends, keeps the order of pieces, and makes no piece longer than allowed", arguments: 0..<150)
    func live(seed: Int) {
        var random = RandomText(seed: seed)
        let text = random.make(parts: 60)
        var stream = SentenceStream(TextOptions(longestPiece: 80))
        var now = self.now
        var events: [SentenceEvent] = []
        for fragment in random.cut(text) {
            now = now.advanced(by: .milliseconds(40))
            events += stream.append(fragment, at: now, ahead: .zero)
            if let wakeAt = stream.wakeAt, fragment.utf8.count % 3 == 0 {
                now = max(now, wakeAt)
                events += stream.poll(at: now, ahead: .zero)
            }
        }
        events += stream.finish(at: now)
        #expect(events.pieces.map(\.index) == Array(0..<events.pieces.count))
        var end = 0
        for piece in events.pieces {
            #expect(piece.source.lowerBound >= end, "\(text.debugDescription)")
            end = piece.source.upperBound
            #expect(piece.text.unicodeScalars.count <= 81)
            #expect(piece.text == piece.text.trimmed)
        }
    }
}
