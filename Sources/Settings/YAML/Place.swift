// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a value was written: `config.yaml:3:5`, or the name of an environment variable.
package struct Place: Sendable, Hashable, CustomStringConvertible {
    /// Line and column, both from 1; a column is one Unicode scalar wide.
    package struct Position: Sendable, Hashable {
        package var line: Int
        package var column: Int
    }

    /// The file's path as it was given, or the variable's name.
    package var source: String
    /// In a file, or in YAML in a variable.
    package var position: Position?

    init(source: String, line: Int, column: Int) {
        self.source = source
        self.position = Position(line: line, column: column)
    }

    init(variable: String) {
        self.source = variable
    }

    package var description: String {
        guard let position else { return source }
        return "\(source):\(position.line):\(position.column)"
    }
}
