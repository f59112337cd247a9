// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

@testable import Settings

@Suite struct YAMLDocumentTests {
    private func parse(_ text: String) throws -> Node? {
        try YAMLDocument.parse(Array(text.utf8), source: "f")
    }

    @Test func `Maps, lists and scalars keep their order, their quotes and their place`() throws {
        let root = try #require(try parse("a: 1\nb:\n  - 'x'\n  - y: |\n      two\n      lines\n"))
        let entries = try #require(root.entries)
        #expect(entries.map(\.key) == ["a", "b"])
        #expect(entries[0].value == Node(.scalar("1", isPlain: true), at: Place(source: "f", line: 1, column: 4)))
        #expect(entries[1].keyPlace == Place(source: "f", line: 2, column: 1))
        guard case .sequence(let items) = entries[1].value.value else {
            Issue.record("no list")
            return
        }
        #expect(items[0] == Node(.scalar("x", isPlain: false), at: Place(source: "f", line: 3, column: 5)))
        #expect(items[1].entries?.first?.value.text == "two\nlines\n")
    }

    @Test(arguments: ["", "\n\n", "# a comment\n", "---\n...\n# end\n", "\u{FEFF}# with a byte order mark\n"])
    func `A file without values is empty`(text: String) throws {
        let root = try parse(text)
        #expect(root == nil || root?.isNothing == true)
    }

    @Test(arguments: [
        ("a: 1\na: 2", "f:2:1: key \"a\" is given twice, first in line 1"),
        ("a: {b: 1, \"b\": 2}", "f:1:11: key \"b\" is given twice, first in line 1"),
        ("a: &x 1", "f:1:4: anchors (&) are not used here"),
        ("a: 1\nb: *a", "f:2:4: aliases (*) are not used here; quote a text that begins with *"),
        ("a: !!str 1", "f:1:4: tags (!) are not used here"),
        ("a: !x {b: 1}", "f:1:4: tags (!) are not used here"),
        ("a: 1\n---\nb: 2", "f:2:1: a second document; settings must be a single one"),
        ("? [x]\n: 1", "f:1:3: a key must be text, not a list"),
        ("a:\n\tb: 1", "f:2:1: a tab can't indent YAML; use spaces"),
        ("a: \"x", "f:1:6: not valid YAML: found unexpected end of stream"),
        ("a: [1, 2\nb: 3", "f:2:2: not valid YAML: did not find expected ',' or ']'"),
        ("a: 1\nb \"x\"\nc: 2", "f:2:1: not valid YAML: could not find expected ':'"),
        ("a: b: c", "f:1:5: not valid YAML: mapping values are not allowed in this context"),
        ("a: é\u{7}", "f:1:5: not valid UTF-8 text: control characters are not allowed"),
    ])
    func `YAML that settings don't allow, and invalid YAML, is rejected with its place`(
        text: String, message: String
    ) {
        #expect(throws: SettingsError.Problem.self) { try parse(text) }
        do {
            _ = try parse(text)
        } catch {
            #expect("\(error)" == message)
        }
    }

    @Test func `Bytes that are not UTF-8 are rejected with their place`() {
        let bytes = Array("ok: 1\nné: ".utf8) + [0xFF, 0x0A]
        do {
            _ = try YAMLDocument.parse(bytes, source: "f")
            Issue.record("was taken")
        } catch {
            #expect("\(error)" == "f:2:5: not valid UTF-8 text: invalid leading UTF-8 octet")
        }
    }

    @Test func `The deepest allowed nesting is accepted, and one more level is not`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try parse(nested(YAMLDocument.deepestNesting)) != nil)
        #expect(throws: SettingsError.Problem.self) { try parse(nested(YAMLDocument.deepestNesting + 1)) }
        #expect(throws: SettingsError.Problem.self) { try parse(nested(100_000)) }
    }

    @Test func `A file that is larger than settings can be is rejected`() {
        let bytes = [UInt8](repeating: UInt8(ascii: "#"), count: YAMLDocument.largestFile + 1)
        #expect(throws: SettingsError.Problem.self) { try YAMLDocument.parse(bytes, source: "f") }
    }

    @Test(arguments: [
        "", "plain", "a \"b\" \\ c", "two\nlines\ttab", "\0\u{1B}[2J\u{7F}\u{85}\u{9B}", "天空 🙂 é\u{301}",
        "\u{202E}\u{2028}\u{FEFF}",
    ])
    func `Quoted text parses back to what it was`(text: String) throws {
        let quoted = text.quotedForYAML
        #expect(quoted.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        #expect(try parse(quoted)?.text == text)
    }

    /// A property: whatever the bytes, the parser ends with a tree or a problem.
    @Test func `Broken files never trap`() {
        let file = Array(Settings.defaultFile.utf8)
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<2_000 {
            var bytes = file[..<Int.random(in: 0..<file.count, using: &generator)]
            for _ in 0..<Int.random(in: 0..<6, using: &generator) where !bytes.isEmpty {
                let index = Int.random(in: bytes.indices, using: &generator)
                bytes[index] = UInt8.random(in: 0...255, using: &generator)
            }
            _ = try? YAMLDocument.parse(Array(bytes), source: "f")
        }
    }
}
