// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// One key that is to have another value.
package struct SettingsChange: Sendable, Equatable {
    /// Such as `playback`.
    package var section: String
    /// Such as `device`.
    package var key: String
    package var value: JSONValue

    package init(_ section: String, _ key: String, _ value: JSONValue) {
        self.section = section
        self.key = key
        self.value = value
    }
}

extension Settings {
    /// The settings with `changes` laid over them, as if they stood in the file.
    ///
    /// - Throws: what is wrong with a value.
    package func changed(by changes: SettingsChange...) throws(SettingsError) -> Settings {
        try changed(by: changes)
    }

    func changed(by changes: [SettingsChange]) throws(SettingsError) -> Settings {
        var settings = self
        for change in changes {
            let yaml = "\(change.section): {\(change.key): \(change.value.written)}"
            try settings.lay(Array(yaml.utf8), source: "\(change.section).\(change.key)")
        }
        return settings
    }

    /// Lays a document over the settings.
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
