// SPDX-License-Identifier: GPL-3.0-or-later

extension Settings {
    /// How the daemon is reached, and how much it takes.
    package struct Server: Sendable, Equatable {
        /// An address and port to listen on.
        package struct Endpoint: Sendable, Hashable {
            /// A name or a numeric address, IPv6 without brackets.
            package var host: String
            /// 0 lets the system choose.
            package var port: UInt16

            package init(host: String, port: UInt16) {
                self.host = host
                self.port = port
            }
        }

        /// The unix socket for programs on this machine.
        package enum Socket: Sendable, Hashable {
            /// `utter/utter.sock` in `$XDG_RUNTIME_DIR`, or else in `/run`.
            case usual
            case off
            case path(String)
        }

        package var listen = [Endpoint(host: "127.0.0.1", port: 8473)]
        package var socket = Socket.usual
        /// Origins of web pages, such as `https://home.example`, beside the daemon's own.
        package var allowedOrigins: [String] = []
        /// Addresses and networks, such as `192.168.1.0/24`, that need no token; this machine needs one if there is one.
        package var allowedNetworks: [String] = []
        /// Names by which it may be called, beside its addresses and `localhost`.
        package var allowedHosts: [String] = []
        /// Requests that speak or wait, at most.
        package var queueLength = 16
        package var longestPromptCharacters = 20_000
        /// From one address.
        package var requestsPerSecond = 20
        /// Whether programs written for Ollama can use the daemon in its place.
        package var offersOllama = false
    }
}

extension Settings.Server.Endpoint: CustomStringConvertible {
    /// `HOST:PORT`, an IPv6 address in brackets.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
            guard host.isIPv6Address else { return nil }
        } else {
            guard host.isHostName else { return nil }
        }
        self.init(host: host, port: port)
    }

    package var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
