// SPDX-License-Identifier: GPL-3.0-or-later

extension Settings {
    /// The file at the top of the repository: every key with its default and a comment.
    package static let defaultFile = Settings().written(as: .explained)

    /// The settings in force as a file of their own, each key with where its value comes from.
    ///
    /// A password in the server's address is masked.
    package func rendered() -> String {
        var masked = self
        masked.model.url = model.url?.withoutCredentials
        return masked.written(as: .traced)
    }

    private enum Style {
        /// What each key does, above it.
        case explained
        /// Where each value comes from, behind it.
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
            for field in Self.personaFields {
                lines += line(field, of: persona, path: "personas.\(name).\(field.name)", indentation: 4, style)
            }
        }
        return lines.joined(separator: "\n") + "\n"
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
        let line = "\(margin)\(field.name): \(field.write(root))"
        switch style {
        case .explained: return field.comment.wrapped(behind: "\(margin)# ") + [line]
        case .traced: return ["\(line)  # \(origins[path].map(\.description.onOneLine) ?? "default")"]
        }
    }
}

extension String {
    /// Lines of at most 100 columns, broken at blanks.
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

    /// Fit for a comment, whatever a file's name holds.
    fileprivate var onOneLine: String {
        String(quotedForYAML.dropFirst().dropLast())
    }

    /// A key of the file: as it is if that can't mean anything else.
    fileprivate var quotedIfNeeded: String {
        let isWord = utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "_") }
        return isWord ? self : quotedForYAML
    }

    /// The address with `***` for a user and password before the host.
    fileprivate var withoutCredentials: String {
        let scheme = firstRange(of: "://")?.upperBound ?? startIndex
        let authority = self[scheme...].prefix { !"/?#".contains($0) }
        guard let at = authority.lastIndex(of: "@") else { return self }
        return self[..<scheme] + "***" + self[at...]
    }
}
