// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Finds and reads the settings file.
enum SettingsFile {
    /// The file that counts, and what it holds; `nil` if there is none anywhere.
    ///
    /// A file that was named must exist. One that exists must be readable: to pass it over would hide it.
    static func find(
        explicitPath: String?, environment: [String: String],
        readFile: (String) throws(SettingsError.Problem) -> [UInt8]?
    ) throws(SettingsError.Problem) -> (path: String, bytes: [UInt8])? {
        if let path = explicitPath ?? environment.named("UTTER_CONFIG") {
            guard let bytes = try readFile(path) else {
                let origin = explicitPath == nil ? "UTTER_CONFIG names" : "--config names"
                throw SettingsError.Problem(
                    at: nil, "\(origin) \(path.quotedForYAML), which does not exist; correct the path or leave it out")
            }
            return (path, bytes)
        }
        for path in usualPaths(environment: environment) {
            if let bytes = try readFile(path) { return (path, bytes) }
        }
        return nil
    }

    /// Where a file is looked for that nobody named, the first first (XDG Base Directory Specification).
    static func usualPaths(environment: [String: String]) -> [String] {
        var folders: [String] = []
        if let folder = environment.named("XDG_CONFIG_HOME"), folder.hasPrefix("/") {
            folders.append(folder)
        } else if let home = environment.named("HOME") {
            folders.append("\(home)/.config")
        }
        return (folders + ["/etc"]).map { "\($0)/utter/config.yaml" }
    }

    /// Reads a whole file, but not much more than a settings file may have.
    ///
    /// - Returns: `nil` if there is no such file.
    static func read(_ path: String) throws(SettingsError.Problem) -> [UInt8]? {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw unreadable(path)
        }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= YAMLDocument.largestFile {
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(path) }
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        return bytes
    }

    private static func unreadable(_ path: String) -> SettingsError.Problem {
        let reason = unsafe String(cString: strerror(errno))
        return SettingsError.Problem(at: nil, "can't read \(path.quotedForYAML): \(reason)")
    }
}

extension Settings {
    /// The user's own file, whether or not it exists; `nil` where no home is known.
    package static func userFile(environment: [String: String]) -> String? {
        SettingsFile.usualPaths(environment: environment).dropLast().first
    }
}

extension [String: String] {
    /// The variable's value; an empty one counts as not set.
    func named(_ name: String) -> String? {
        self[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
