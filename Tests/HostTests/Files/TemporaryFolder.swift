// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials

/// A folder that is removed along with this value.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = "/tmp/utter-service-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    /// The names of what it contains.
    var content: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: self(name)))
    }

    func read(_ name: String) -> String? {
        (try? Data(contentsOf: URL(filePath: self(name)))).map { String(decoding: $0, as: UTF8.self) }
    }
}
