// SPDX-License-Identifier: GPL-3.0-or-later

/// The settings are invalid. Contains all problems, in the order of the file.
package struct SettingsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A problem and its place.
    package struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
        package var place: Place?
        package var message: String

        init(at place: Place?, _ message: String) {
            self.place = place
            self.message = message
        }

        package var description: String {
            place.map { "\($0): \(message)" } ?? message
        }
    }

    package var problems: [Problem]

    /// One line per problem, such as `config.yaml:3:5: unknown key "modle"; did you mean "model"?`.
    package var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}
