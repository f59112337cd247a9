// SPDX-License-Identifier: GPL-3.0-or-later

extension Settings {
    /// The settings that are in force: the defaults, the file over them, and the environment over both.
    ///
    /// The file is the first of `explicitPath`, `$UTTER_CONFIG`, `$XDG_CONFIG_HOME/utter/config.yaml` (or that in
    /// `~/.config`) and `/etc/utter/config.yaml`; none is needed. Environment variables are `UTTER_` with section and
    /// key, such as `UTTER_MODEL_URL`; an empty one counts as not set.
    ///
    /// - Parameters:
    ///   - explicitPath: what `--config` names.
    ///   - environment: the process's variables.
    ///   - readFile: the bytes of a file; `nil` if it does not exist.
    /// - Throws: everything that is wrong, in one error.
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

    /// Reads a file from the disk; `nil` if it does not exist.
    package static func readFile(_ path: String) throws(SettingsError.Problem) -> [UInt8]? {
        try SettingsFile.read(path)
    }
}
