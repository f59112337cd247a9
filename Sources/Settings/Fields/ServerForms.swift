// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

extension ValueForm {
    /// A list of texts. A single text, perhaps with commas, is also a list.
    ///
    /// - Parameter item: returns `nil` for an invalid item.
    fileprivate static func list<Item>(
        of expected: String, _ item: @escaping @Sendable (String) -> Item?, write: @escaping @Sendable (Item) -> String
    ) -> Self where Value == [Item] {
        let expected = "a list of \(expected)"
        return ValueForm(
            expected: expected, isMap: false,
            read: { node throws(SettingsError.Problem) in
                if case .sequence(let nodes) = node.value {
                    return try nodes.map { node throws(SettingsError.Problem) in
                        guard let item = node.text.flatMap(item) else { throw .misfit(node, expected: expected) }
                        return item
                    }
                }
                let texts = texts(of: node) ?? []
                let items = texts.compactMap(item)
                guard node.text != nil, items.count == texts.count else { throw .misfit(node, expected: expected) }
                return items
            },
            write: { items in "[" + items.map { write($0).quotedForYAML }.joined(separator: ", ") + "]" })
    }

    /// The items in an environment variable: with commas or spaces, or as in the file.
    private static func texts(of node: Node) -> [String]? {
        // "[]" is needed, since an empty variable counts as unset.
        guard var text = node.text?[...] else { return nil }
        if text.hasPrefix("["), text.hasSuffix("]") { text = text.dropFirst().dropLast() }
        return text.split { $0 == "," || $0 == " " }.map { part in
            let isQuoted = part.count > 1 && part.hasPrefix("\"") && part.hasSuffix("\"")
            return String(isQuoted ? part.dropFirst().dropLast() : part)
        }
    }
}

extension ValueForm<Settings.Server.Endpoint> {
    static let endpoint = ValueForm(
        expected: "an address with its port, such as 127.0.0.1:10400 or [::1]:10400",
        read: { node in node.text.flatMap { Settings.Server.Endpoint($0) } }, write: { "\($0)".quotedForYAML })
}

extension ValueForm<[Settings.Server.Endpoint]> {
    static let endpoints = list(
        of: "addresses with their ports, such as 127.0.0.1:8473 or [::1]:8473", Settings.Server.Endpoint.init,
        write: \.description)
}

extension ValueForm<[String]> {
    static let networks = list(
        of: "addresses or networks, such as 192.168.1.0/24 or fd00::/8", { $0.isNetwork ? $0 : nil }, write: \.self)

    static let origins = list(
        of: "origins of web pages, such as https://home.example or http://10.0.0.5:8123", { $0.isOrigin ? $0 : nil },
        write: \.self)

    static let hostNames = list(of: "names, such as speaker.local", { $0.isHostName ? $0 : nil }, write: \.self)
}

extension ValueForm<Settings.Server.Socket> {
    static let socket = ValueForm(
        expected: "\"\", off, or a path that begins with /",
        read: { node in
            switch node.text {
            case "": .usual
            case "off": .off
            case let path? where path.hasPrefix("/") && path.utf8.count <= longestSocketPath && !path.contains("\0"):
                .path(path)
            default: nil
            }
        },
        write: { socket in
            switch socket {
            case .usual: "\"\""
            case .off: "off"
            case .path(let path): path.quotedForYAML
            }
        })

    /// The most bytes of a unix socket's path.
    private static let longestSocketPath = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1
}

extension String {
    /// Letters, digits, `-`, `_` and `.`: a DNS name, or an IPv4 address.
    var isHostName: Bool {
        guard !isEmpty, utf8.count <= 253 else { return false }
        return utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "-_.".utf8.contains($0) }
    }

    var isIPv4Address: Bool {
        var address = in_addr()
        return unsafe inet_pton(AF_INET, self, &address) == 1
    }

    var isIPv6Address: Bool {
        var address = in6_addr()
        return unsafe inet_pton(AF_INET6, self, &address) == 1
    }

    /// An address, or an address with a prefix length after a slash.
    var isNetwork: Bool {
        let parts = split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let width = parts[0].isIPv4Address ? 32 : parts[0].isIPv6Address ? 128 : -1
        guard width > 0, parts.count == 2 else { return width > 0 }
        return Int(parts[1]).map { (0...width).contains($0) } ?? false
    }

    /// Scheme, host and port, as browsers send them in `Origin` (RFC 6454).
    var isOrigin: Bool {
        guard let scheme = ["http://", "https://"].first(where: hasPrefix) else { return false }
        let host = String(dropFirst(scheme.count))
        return host.isHostName || Settings.Server.Endpoint(host) != nil
            || host.hasPrefix("[") && host.hasSuffix("]") && String(host.dropFirst().dropLast()).isIPv6Address
    }
}
