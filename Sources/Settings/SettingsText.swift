// SPDX-License-Identifier: GPL-3.0-or-later

extension Settings {
    /// The file at the top of the repository: every key with its default and a comment.
    package static let defaultFile = Settings().written(as: .explained)

    /// The settings in effect as a file, with the origin of each key's value.
    ///
    /// A password in the server's address is masked.
    package func rendered() -> String {
        var masked = self
        masked.model.url = model.url?.withoutCredentials
        return masked.written(as: .traced)
    }

    private enum Style {
        /// With each key's comment above it.
        case explained
        /// With each value's origin after it.
        case traced
    }

    private func written(as style: Style) -> String {
        var lines: [String] = []
        switch style {
        case .explained: lines += Self.introduction.map { $0.isEmpty ? "#" : "# \($0)" }
        case .traced: lines.append("# File: \(file?.onOneLine ?? "none")")
        }
        for section in Self.sections {
            lines += head(section.name, section.comment, style)
            for field in section.fields {
                lines += line(field, of: self, path: section.path(field), indentation: 2, style)
            }
        }
        lines += head("personas", Self.personasComment, style)
        for (name, persona) in personas.sorted(by: { $0.key < $1.key }) {
            lines.append("  \(name.quotedIfNeeded):")
            lines += self.lines(of: persona, named: name, style)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// In the explained style, the default persona has all keys with comments, and the others only the keys that they
    /// set.
    private func lines(of persona: Persona, named name: String, _ style: Style) -> [String] {
        let isExample = name == Model().persona
        return Self.personaFields.flatMap { field -> [String] in
            let path = "personas.\(name).\(field.name)"
            if style == .traced || isExample { return line(field, of: persona, path: path, indentation: 4, style) }
            let value = field.write(persona)
            return value == field.write(Persona()) ? [] : Self.lines(of: field.name, value: value, indentation: 4)
        }
    }

    private func head(_ name: String, _ comment: String, _ style: Style) -> [String] {
        switch style {
        case .explained: [""] + comment.wrapped(behind: "# ") + ["\(name):"]
        case .traced: ["\(name):"]
        }
    }

    private func line<Root>(
        _ field: Field<Root>, of root: Root, path: String, indentation: Int, _ style: Style
    ) -> [String] {
        let margin = String(repeating: " ", count: indentation)
        let value = field.write(root)
        switch style {
        case .explained:
            return field.comment.wrapped(behind: "\(margin)# ")
                + Self.lines(of: field.name, value: value, indentation: indentation)
        case .traced:
            return ["\(margin)\(field.name): \(value)  # \(origins[path].map(\.description.onOneLine) ?? "default")"]
        }
    }

    /// A key and its value; a text of several lines becomes a YAML literal block.
    private static func lines(of key: String, value: String, indentation: Int) -> [String] {
        let margin = String(repeating: " ", count: indentation)
        let texts = value.replacing("\\n", with: "\n")
        guard texts != value, !texts.contains("\\"), texts.hasPrefix("\"") else { return ["\(margin)\(key): \(value)"] }
        let block = texts.dropFirst().dropLast().split(separator: "\n").map { "\(margin)  \($0)" }
        return ["\(margin)\(key): |-"] + block
    }
}

extension String {
    /// Lines of at most 100 columns, broken at spaces.
    fileprivate func wrapped(behind prefix: String) -> [String] {
        var lines: [String] = []
        for word in split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= 100 {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(prefix + word)
            }
        }
        return lines
    }

    /// Escaped for use in a comment.
    fileprivate var onOneLine: String {
        String(quotedForYAML.dropFirst().dropLast())
    }

    /// A key for the file: in quotes if it could mean anything else.
    fileprivate var quotedIfNeeded: String {
        let isWord = utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "_") }
        return isWord ? self : quotedForYAML
    }

    /// The address with `***` in place of a user and password before the host.
    fileprivate var withoutCredentials: String {
        let scheme = firstRange(of: "://")?.upperBound ?? startIndex
        let authority = self[scheme...].prefix { !"/?#".contains($0) }
        guard let at = authority.lastIndex(of: "@") else { return self }
        return self[..<scheme] + "***" + self[at...]
    }
}
