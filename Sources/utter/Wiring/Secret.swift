// SPDX-License-Identifier: GPL-3.0-or-later
import Settings
import Utterance

/// What only few may know. Never on the command line or in the configuration, where others read it.
enum Secret {
    /// The key of a model server that wants one.
    case modelKey
    /// What clients of the daemon prove themselves with.
    case serverToken

    private var variable: String {
        switch self {
        case .modelKey: Settings.modelKeyVariable
        case .serverToken: Settings.serverTokenVariable
        }
    }

    /// What systemd's `LoadCredential=` calls it.
    private var credential: String {
        switch self {
        case .modelKey: "model-api-key"
        case .serverToken: "server-token"
        }
    }

    /// The environment variable, else the file in `$CREDENTIALS_DIRECTORY`; blanks and line ends around it don't count.
    ///
    /// - Throws: `Fault(.configurationInvalid)` if there is such a file and it can't be read.
    func find(
        in environment: [String: String],
        readFile: (String) throws -> [UInt8]? = { try Settings.readFile($0) }
    ) throws(Fault) -> String? {
        if let secret = Self.trimmed(environment[variable]) { return secret }
        guard let folder = Self.trimmed(environment["CREDENTIALS_DIRECTORY"]) else { return nil }
        let path = "\(folder)/\(credential)"
        do {
            return Self.trimmed(try readFile(path).map { String(decoding: $0, as: UTF8.self) })
        } catch {
            throw Fault(.configurationInvalid, "The secret in \(path) can't be read; check who may read it.")
        }
    }

    private static func trimmed(_ text: String?) -> String? {
        let rest = text?.trimmed ?? ""
        return rest.isEmpty ? nil : rest
    }
}
