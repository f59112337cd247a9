// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import LanguageModel
package import Settings
import Utterance
package import VoiceServers

extension Settings {
    /// The voice servers in order of preference.
    ///
    /// - Throws: `Fault(.usage)` for an invalid address or a key that would be sent unencrypted.
    package func voiceServers(environment: [String: String]) throws -> [VoiceServer] {
        try speech.voiceServers.enumerated().map { index, entry in
            try VoiceServer(
                entry, key: try Secret.voiceKey(index + 1).find(in: environment), environment: environment)
        }
    }
}

extension VoiceServer {
    /// - Parameter environment: the process's variables, which may name a proxy.
    /// - Throws: the same as ``Settings/voiceServers(environment:)``.
    package init(_ entry: VoiceServerEntry, key: String? = nil, environment: [String: String] = [:]) throws {
        let (interface, host) = try Self.interface(entry, key: key)
        var proxy: HTTPServer?
        if case .openAI = interface {
            proxy = try ServerAddress.proxy(for: try ServerAddress(entry.url), in: environment)?.server
        }
        self.init(
            name: (entry.name ?? host).printable, interface: interface, address: entry.url.printable,
            voice: entry.voice, speaker: entry.speaker, languages: entry.languages, proxy: proxy)
    }

    private static func interface(_ entry: VoiceServerEntry, key: String?) throws -> (Interface, host: String) {
        if let path = entry.url.rest(after: "unix://") {
            guard path.hasPrefix("/"), path.utf8.count <= 107 else { throw invalid(entry.url) }
            return (.wyoming(.unix(path: path)), path.split(separator: "/").last.map(String.init) ?? "wyoming")
        }
        if let rest = entry.url.rest(after: "tcp://") {
            // Host names follow the same rules.
            guard let address = try? ServerAddress("http://" + rest), address.path.isEmpty else {
                throw invalid(entry.url)
            }
            let hasPort = rest.split(separator: "]").last?.contains(":") == true
            let port = hasPort ? address.port : wyomingPort
            let server = HTTPServer.tcp(host: address.host, port: port, isSecure: false)
            return (.wyoming(server), "\(address.host):\(port)")
        }
        guard let address = try? ServerAddress(entry.url) else { throw invalid(entry.url) }
        guard key == nil || address.isPrivate else {
            throw Fault(
                .usage, "The key for \(entry.url) would cross the network unencrypted; use https:// or this machine.")
        }
        let url = address.versioned("")
        let interface = Interface.openAI(url, key: key, model: entry.model ?? "tts-1", rate: entry.sampleRate)
        return (interface, "\(address.host):\(address.port)")
    }

    /// The port of wyoming-piper.
    package static let wyomingPort = 10_200

    private static func invalid(_ url: String) -> Fault {
        Fault(
            .usage,
            "\"\(url)\" is not a voice server's address: write tcp://HOST:PORT, unix:///PATH or http://HOST:PORT.")
    }
}

extension String {
    fileprivate func rest(after scheme: String) -> String? {
        lowercased().hasPrefix(scheme) ? String(dropFirst(scheme.count)) : nil
    }
}
