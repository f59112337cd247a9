// SPDX-License-Identifier: GPL-3.0-or-later
package import HTTP
import Utterance

/// The address of a model server, in the forms that people write.
///
/// The rules are those of Ollama's `OLLAMA_HOST` (its `envconfig`): a missing port is 11434, or with a scheme 80 or
/// 443; a path is kept. Addresses to bind to (`0.0.0.0`, `[::]`, no host) become the loopback address, since the
/// variable is often set for the server and leaks into the shell. If a URL includes the path of a call, that is
/// removed.
package struct ServerAddress: Sendable, Hashable {
    package static let ollamaDefault = ServerAddress(scheme: "http", host: "127.0.0.1", port: 11434, path: "")

    package let scheme: String
    /// Without the brackets of an IPv6 address.
    package let host: String
    package let port: Int
    /// Empty, or begins with a slash and doesn't end with one.
    package let path: String

    init(scheme: String, host: String, port: Int, path: String) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = path
    }

    /// - Throws: a `usage` fault if `text` is not an address, or contains a password.
    package init(_ text: String) throws {
        var rest = text.trimmed[...]
        if let quote = rest.first, quote == "\"" || quote == "'", rest.last == quote, rest.count > 1 {
            rest = rest.dropFirst().dropLast()
        }
        var scheme = "http"
        var defaultPort = 11434
        if let separator = rest.firstRange(of: "://") {
            scheme = rest[..<separator.lowerBound].lowercased()
            rest = rest[separator.upperBound...]
            guard scheme == "http" || scheme == "https" else {
                throw Fault(
                    .usage, "\(text) is not a model server's address: it must begin with http:// or https://.")
            }
            defaultPort = scheme == "https" ? 443 : 80
        } else if rest == "ollama.com" {
            (scheme, defaultPort) = ("https", 443)
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let path = rest[authority.endIndex...].prefix { $0 != "?" && $0 != "#" }
        guard !authority.contains("@") else {
            throw Fault(.usage, "The address of a model server must not contain a password: set UTTER_MODEL_API_KEY.")
        }
        guard authority.unicodeScalars.allSatisfy(\.isAllowedInAuthority), path.utf8.allSatisfy({ $0 > 0x20 }) else {
            throw Fault(.usage, "\"\(text)\" is not a model server's address: write http://HOST:PORT.")
        }
        let (host, port) = Self.split(authority)
        self.scheme = scheme
        self.host = Self.reachable(host)
        self.port = port ?? defaultPort
        self.path = Self.withoutTrailingSlashes(path)
    }

    /// Host and port; the port is `nil` if it is missing or invalid.
    private static func split(_ authority: Substring) -> (host: Substring, port: Int?) {
        if authority.first == "[", let end = authority.firstIndex(of: "]") {
            let port = authority[end...].dropFirst(2)
            return (authority[..<end].dropFirst(), validPort(port))
        }
        let colons = authority.count { $0 == ":" }
        guard colons == 1, let colon = authority.firstIndex(of: ":") else { return (authority, nil) }
        return (authority[..<colon], validPort(authority[colon...].dropFirst()))
    }

    private static func validPort(_ text: Substring) -> Int? {
        guard let port = UInt16(text) else { return nil }
        return Int(port)
    }

    private static func reachable(_ host: Substring) -> String {
        switch host {
        case "", "0.0.0.0": "127.0.0.1"
        case "::": "::1"
        default: String(host)
        }
    }

    private static func withoutTrailingSlashes(_ path: Substring) -> String {
        var path = path
        while path.last == "/" { path.removeLast() }
        return String(path)
    }

    /// The server, without a path.
    package var server: HTTPServer { .tcp(host: host, port: port, isSecure: scheme == "https") }

    /// Whether it is this machine.
    package var isLoopback: Bool {
        let host = host.lowercased()
        return host == "localhost" || host.hasSuffix(".localhost") || host == "::1" || Self.isLoopbackIPv4(host)
    }

    private static func isLoopbackIPv4(_ host: String) -> Bool {
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { $0.isNumber && $0.utf8.count <= 3 }
    }

    /// Whether a key may be sent there: never unencrypted over a network.
    package var isPrivate: Bool {
        scheme == "https" || isLoopback
    }
}

extension ServerAddress: CustomStringConvertible {
    package var description: String { HTTPURL(server, path: path).description }
}

// Without regular expressions: compiling one takes longer than everything else before the request is sent.
extension ServerAddress {
    /// The URL of an Ollama call such as `/api/chat`. An `/api…` or `/v1…` at the end of the address is removed.
    func ollama(_ call: String) -> HTTPURL {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        var base = parts[...]
        for _ in 0..<2 where Self.calls.contains(base.last ?? "") { base.removeLast() }
        let namesAPI = base.last == "api" || base.last == "v1"
        return HTTPURL(server, path: (namesAPI ? base.dropLast() : parts[...]).joined(separator: "/") + call)
    }

    /// The last components of Ollama's paths, at most two.
    private static let calls: Set<Substring> = ["chat", "generate", "tags", "ps", "show", "completions", "models"]

    /// The URL of a call such as `/chat/completions` whose API has a version in its path.
    ///
    /// Adds `/v1` unless the address already has a version, as `…/v1` and `…/api/paas/v4` do.
    package func versioned(_ call: String) -> HTTPURL {
        let ending = ["/chat/completions", "/completions", "/messages", "/models"].first { path.hasSuffix($0) } ?? ""
        let base = path.dropLast(ending.count)
        let version = base[(base.lastIndex(of: "/") ?? base.endIndex)...]
        let isVersioned = version.hasPrefix("/v") && version.dropFirst(2).isNumber
        return HTTPURL(server, path: base + (isVersioned ? "" : "/v1") + call)
    }
}

extension Substring {
    /// Only digits, and at least one.
    fileprivate var isNumber: Bool { !isEmpty && utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } }
}

extension Unicode.Scalar {
    fileprivate var isAllowedInAuthority: Bool {
        isASCII ? value > 0x20 && value != 0x7F && !"\\<>\"{}|^`%".unicodeScalars.contains(self) : true
    }
}
