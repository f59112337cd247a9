// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@Suite struct StreamingUTF8Tests {
    static let texts = ["plain", "naïve café", "你好，世界。", "mixed 语言 😀 text", "", "👩‍👩‍👧"]

    @Test("Text comes out whole wherever the chunks are split", arguments: texts)
    func chunking(text: String) {
        let bytes = Array(text.utf8)
        for size in 1...max(1, bytes.count) {
            var decoder = StreamingUTF8()
            var result = ""
            for start in stride(from: 0, to: bytes.count, by: size) {
                result += decoder.decode(Array(bytes[start..<min(start + size, bytes.count)]))
            }
            result += decoder.finish()
            #expect(result == text)
            #expect(!decoder.sawInvalid)
        }
    }

    @Test("Invalid UTF-8 is replaced and reported, and the text around it is kept")
    func invalid() {
        var decoder = StreamingUTF8()
        // "你" in GB18030 between two words.
        let text = decoder.decode(Array("before ".utf8) + [0xC4, 0xE3] + Array(" after".utf8)) + decoder.finish()
        #expect(text.hasPrefix("before ") && text.hasSuffix(" after"))
        #expect(decoder.sawInvalid)
    }

    @Test("A character that is cut off by the end counts as invalid")
    func cutOff() {
        var decoder = StreamingUTF8()
        #expect(decoder.decode([0x61, 0xE4, 0xBD]) == "a")
        _ = decoder.finish()
        #expect(decoder.sawInvalid)
    }
}
