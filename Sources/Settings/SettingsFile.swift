// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Utterance

extension Settings {
    /// Loads the settings: the defaults, overridden by the file, overridden by the environment.
    ///
    /// The file is the first of `explicitPath`, `$UTTER_CONFIG`, `$XDG_CONFIG_HOME/utter/config.yaml` (or
    /// `~/.config/utter/config.yaml`) and `/etc/utter/config.yaml`; none is required. Environment variables are named
    /// `UTTER_`, section and key, such as `UTTER_MODEL_URL`; an empty one counts as unset.
    ///
    /// - Parameters:
    ///   - explicitPath: the argument of `--config`.
    ///   - environment: the process's environment variables.
    ///   - readFile: returns the bytes of a file; `nil` if it doesn't exist.
    /// - Throws: all problems in one error.
    package static func load(
        explicitPath: String? = nil,
        environment: [String: String],
        readFile: (String) throws(SettingsError.Problem) -> [UInt8]? = Settings.readFile
    ) throws(SettingsError) -> Settings {
        var settings = Settings()
        var problems: [SettingsError.Problem] = []
        do {
            let file = try SettingsFile.find(
                explicitPath: explicitPath, environment: environment, readFile: readFile)
            if let file {
                settings.file = file.path
                let root = try YAMLDocument.parse(file.bytes, source: file.path)
                if let root { problems += settings.apply(file: root) }
            }
        } catch {
            throw SettingsError(problems: [error])
        }
        problems += settings.apply(environment: environment)
        if problems.isEmpty { problems = settings.contradictions() }
        guard problems.isEmpty else { throw SettingsError(problems: problems) }
        settings.ollamaHost = environment["OLLAMA_HOST"].flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        settings.localeLanguage = languageOfLocale(in: environment) ?? "en"
        return settings
    }
}

/// Finds and reads the settings file.
enum SettingsFile {
    /// Returns the file to use and its content; `nil` if there is none.
    ///
    /// A file that was named must exist. One that exists must be readable, since skipping it would hide the problem.
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

    /// Where to look for a file if none was named, in order (XDG Base Directory Specification).
    static func usualPaths(environment: [String: String]) -> [String] {
        var folders: [String] = []
        if let folder = environment.named("XDG_CONFIG_HOME"), folder.hasPrefix("/") {
            folders.append(folder)
        } else if let home = environment.named("HOME") {
            folders.append("\(home)/.config")
        }
        return (folders + ["/etc"]).map { "\($0)/utter/config.yaml" }
    }
}

extension Settings {
    /// Reads a whole file, but not much more than the largest settings file.
    ///
    /// - Returns: `nil` if there is no such file.
    package static func readFile(_ path: String) throws(SettingsError.Problem) -> [UInt8]? {
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
        SettingsError.Problem(at: nil, "can't read \(path.quotedForYAML): \(SystemError.text(errno))")
    }

    /// The path of the user's own file, whether or not it exists; `nil` if no home folder is known.
    package static func userFile(environment: [String: String]) -> String? {
        SettingsFile.usualPaths(environment: environment).dropLast().first
    }
}

extension [String: String] {
    /// The variable's value; an empty one counts as unset.
    func named(_ name: String) -> String? {
        self[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension Settings {
    /// The language of the user's locale as a BCP 47 tag: `zh-CN` for `zh_CN.UTF-8`.
    ///
    /// - Parameter environment: `LC_ALL` takes precedence over `LC_MESSAGES`, and that over `LANG` (POSIX, "Environment
    ///   Variables").
    /// - Returns: `nil` for `C`, `POSIX` and anything that is not a language.
    static func languageOfLocale(in environment: [String: String]) -> String? {
        guard let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(environment.named).first else {
            return nil
        }
        let tag = String(locale.prefix { $0 != "." && $0 != "@" }.map { $0 == "_" ? "-" : $0 })
        return tag.isLanguageTag ? tag : nil
    }
}
