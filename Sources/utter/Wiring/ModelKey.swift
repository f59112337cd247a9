// SPDX-License-Identifier: GPL-3.0-or-later
import Settings
import Utterance

/// The key of a model server that wants one. Never on the command line or in the configuration, where others read it.
enum ModelKey {
    /// What systemd's `LoadCredential=` calls it.
    static let credential = "model-api-key"

    /// `$UTTER_MODEL_API_KEY`, else the file `model-api-key` in `$CREDENTIALS_DIRECTORY`.
    ///
    /// - Throws: `Fault(.configurationInvalid)` if there is such a file and it can't be read.
    static func find(
        in environment: [String: String],
        readFile: (String) throws -> [UInt8]? = { try Settings.readFile($0) }
    ) throws -> String? {
        if let key = nonBlank(environment[Settings.keyVariable]) { return key }
        guard let folder = nonBlank(environment["CREDENTIALS_DIRECTORY"]) else { return nil }
        let path = "\(folder)/\(credential)"
        do {
            return try readFile(path).flatMap { nonBlank(String(decoding: $0, as: UTF8.self)) }
        } catch {
            throw Fault(.configurationInvalid, "The key in \(path) can't be read; check who may read it.")
        }
    }

    private static func nonBlank(_ text: String?) -> String? {
        guard let text, text.contains(where: { !$0.isWhitespace }) else { return nil }
        return text
    }
}
