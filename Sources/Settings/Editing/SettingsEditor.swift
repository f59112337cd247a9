// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// A new value for one key.
package struct SettingsChange: Sendable, Equatable {
    /// For example `playback`.
    package var section: String
    /// For example `device`.
    package var key: String
    package var value: JSONValue

    package init(_ section: String, _ key: String, _ value: JSONValue) {
        self.section = section
        self.key = key
        self.value = value
    }
}

extension Settings {
    /// Returns the settings with changes applied, as if they were in the file.
    ///
    /// - Throws: the problem with an invalid value.
    package func changed(by changes: [SettingsChange]) throws(SettingsError) -> Settings {
        var settings = self
        for change in changes {
            let yaml = "\(change.section): {\(change.key): \(change.value.written)}"
            try settings.lay(Array(yaml.utf8), source: "\(change.section).\(change.key)")
        }
        return settings
    }

    /// Applies a document to the settings.
    mutating func lay(_ yaml: [UInt8], source: String) throws(SettingsError) {
        let problems: [Problem]
        do throws(Problem) {
            problems = try YAMLDocument.parse(yaml, source: source).map { apply(file: $0) } ?? []
        } catch {
            throw SettingsError(problems: [error])
        }
        guard problems.isEmpty else { throw SettingsError(problems: problems) }
    }
}

/// Changes keys in the lines of a settings file; comments, order and everything else stay as they are.
///
/// It expects the usual form: a section, and below it a line for each key. The result is checked by reading it; if it
/// isn't as expected, the file is left alone.
package struct SettingsEditor {
    private var lines: [Substring]
    private let lineEnd: Character

    /// - Returns: `text` with the `changes`.
    /// - Throws: problems with the file or a value; a problem if the file has a form that can't be edited.
    package static func edit(
        _ text: String, _ changes: [SettingsChange], path: String
    ) throws(SettingsError) -> String {
        var before = Settings()
        try before.lay(Array(text.utf8), source: path)
        var editor = SettingsEditor(text)
        for change in changes { editor.set(change) }
        let edited = editor.lines.joined(separator: String(editor.lineEnd))

        var expected = try before.changed(by: changes)
        var after = Settings()
        let isValid = (try? after.lay(Array(edited.utf8), source: path)) != nil
        (expected.origins, after.origins) = ([:], [:])
        guard isValid, after == expected else {
            let lines = changes.map { "\($0.section): {\($0.key): \($0.value.written)}" }.joined(separator: ", ")
            let message =
                "the file has a form that can't be edited automatically; add this by hand: \(lines)"
            throw SettingsError(problems: [.init(at: nil, "\(path): \(message)")])
        }
        return edited
    }

    private init(_ text: String) {
        lineEnd = text.contains("\r\n") ? "\r\n" : "\n"
        lines = text.split(separator: lineEnd, omittingEmptySubsequences: false)
    }

    private mutating func set(_ change: SettingsChange) {
        guard let head = lines.firstIndex(where: { $0.indentation == 0 && $0.holds(change.section) }) else {
            return append(change)
        }
        let body = lines[(head + 1)...].prefix { !$0.hasContent || $0.indentation > 0 }
        let margin = body.first(where: \.hasContent)?.indentation ?? 2
        if let line = body.firstIndex(where: { $0.indentation == margin && $0.holds(change.key) }) {
            replaceValue(in: line, by: change.value.written)
        } else {
            let last = body.lastIndex(where: \.hasContent) ?? head
            let blanks = String(repeating: " ", count: margin)
            lines.insert("\(blanks)\(change.key): \(change.value.written)", at: last + 1)
        }
    }

    /// Appends the change as a new section.
    private mutating func append(_ change: SettingsChange) {
        while let last = lines.last, last.allSatisfy(\.isWhitespace) { lines.removeLast() }
        if !lines.isEmpty { lines.append("") }
        lines += ["\(change.section):", "  \(change.key): \(change.value.written)", ""]
    }

    private mutating func replaceValue(in index: Int, by value: String) {
        let line = lines[index]
        guard let colon = line.firstIndex(of: ":") else { return }
        let rest = line[line.index(after: colon)...]
        let comment = rest.drop(while: \.isWhitespace).afterScalar
        let blanks = comment.isEmpty ? "" : String(rest.dropLast(comment.count).reversed().prefix { $0 == " " })
        lines[index] = "\(line[...colon]) \(value)\(comment.isEmpty ? "" : blanks.isEmpty ? " " : blanks)\(comment)"
        // The lines of a longer value have a deeper indent.
        let more = lines[(index + 1)...].prefix { !$0.hasContent || $0.indentation > line.indentation }
        if let last = more.lastIndex(where: \.hasContent) { lines.removeSubrange(index + 1...last) }
    }
}

extension Substring {
    fileprivate var indentation: Int {
        prefix { $0 == " " }.count
    }

    /// Whether the line has more than whitespace or a comment.
    fileprivate var hasContent: Bool {
        first { !$0.isWhitespace }.map { $0 != "#" } ?? false
    }

    /// Whether the line gives `key` a value.
    fileprivate func holds(_ key: String) -> Bool {
        let text = drop { $0 == " " }
        return text.hasPrefix("\(key):") && text.dropFirst(key.count + 1).first.map(\.isWhitespace) ?? true
    }

    /// The comment after a value on the same line.
    fileprivate var afterScalar: Substring {
        var rest = self
        if let quote = rest.first, quote == "\"" || quote == "'" {
            rest = rest.dropFirst()
            while let character = rest.popFirst(), character != quote {
                if quote == "\"", character == "\\" { _ = rest.popFirst() }
            }
        }
        var before: Character = " "
        while let character = rest.first {
            if character == "#", before.isWhitespace { return rest }
            before = character
            rest.removeFirst()
        }
        return rest
    }
}
