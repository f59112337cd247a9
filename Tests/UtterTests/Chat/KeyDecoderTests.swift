// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import utter

@Suite struct KeyDecoderTests {
    private static let session: [(bytes: String, keys: [Key])] = [
        ("hé", [.text("hé")]), ("你好", [.text("你好")]), ("\r", [.enter]), ("\n", [.newline]), ("\u{1B}\r", [.newline]),
        ("\u{1}", [.home]), ("\u{5}", [.end]), ("\u{15}", [.deleteToStart]), ("\u{B}", [.deleteToEnd]),
        ("\u{17}", [.deleteWord]), ("\u{7F}", [.backspace]), ("\u{8}", [.backspace]), ("\u{3}", [.interrupt]),
        ("\u{4}", [.endOfInput]), ("\u{C}", [.clearScreen]), ("\u{12}", [.search]), ("\u{7}", [.cancel]),
        ("\u{1A}", [.suspend]), ("\u{10}", [.previous]), ("\u{E}", [.next]),
        ("\u{1B}[A", [.previous]), ("\u{1B}[B", [.next]), ("\u{1B}[C", [.right]), ("\u{1B}[D", [.left]),
        ("\u{1B}OA", [.previous]), ("\u{1B}OH", [.home]), ("\u{1B}OF", [.end]),
        ("\u{1B}[H", [.home]), ("\u{1B}[F", [.end]), ("\u{1B}[1~", [.home]), ("\u{1B}[4~", [.end]),
        ("\u{1B}[3~", [.delete]), ("\u{1B}[1;5C", [.wordRight]), ("\u{1B}[1;5D", [.wordLeft]),
        ("\u{1B}b", [.wordLeft]), ("\u{1B}f", [.wordRight]), ("\u{1B}\u{7F}", [.deleteWord]),
        // Without meaning here: page up, F5, Alt-x, a sequence without an end.
        ("\u{1B}[5~", []), ("\u{1B}[15~", []), ("\u{1B}x", [.text("x")]), ("\t", [.complete]), ("\u{1B}[1\r", [.enter]),
        // A paste, with lines and a key in it.
        ("\u{1B}[200~one\r\ntwo\u{3}\tthree\u{1B}[201~\r", [.text("one"), .newline, .text("two three"), .enter]),
    ]

    @Test("Each sequence is its key", arguments: session)
    func keys(bytes: String, keys: [Key]) {
        var decoder = KeyDecoder()
        #expect(decoder.decode(Array(bytes.utf8)) == keys)
    }

    @Test("How the bytes are split changes no key", arguments: [1, 2, 3, 5])
    func chunks(size: Int) {
        let bytes: [UInt8] = Self.session.flatMap { Array($0.bytes.utf8) + [0x0D] }
        var whole = KeyDecoder()
        var cut = KeyDecoder()
        var keys: [Key] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            keys += cut.decode(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        #expect(keys.joined == whole.decode(bytes).joined)
    }

    @Test("Control characters don't get into the line")
    func unprintable() {
        var decoder = KeyDecoder()
        #expect(decoder.decode(Array("a\u{9B}b\u{202E}c".utf8)) == [.text("a b c")])
    }

    @Test("Endless parameters are not kept")
    func endless() {
        var decoder = KeyDecoder()
        let parameters = [UInt8](repeating: UInt8(ascii: "1"), count: 10_000)
        #expect(
            decoder.decode([0x1B, UInt8(ascii: "[")] + parameters + [UInt8(ascii: "C")] + [0x0D]) == [.right, .enter])
    }
}

extension [Key] {
    /// Merges neighbouring texts.
    fileprivate var joined: [Key] {
        reduce(into: []) { keys, key in
            if case .text(let text) = key, case .text(let before)? = keys.last {
                keys[keys.count - 1] = .text(before + text)
            } else {
                keys.append(key)
            }
        }
    }
}
