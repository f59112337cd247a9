// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a server listens.
package enum HTTPServer: Sendable, Hashable {
    /// A host name or address, without the brackets of IPv6; over TLS if `isSecure`.
    case tcp(host: String, port: Int, isSecure: Bool)
    /// The path of a unix socket.
    case unix(path: String)
}

/// A server and the resource to request from it.
package struct HTTPURL: Sendable, Hashable {
    package var server: HTTPServer
    /// Begins with a slash; includes the query; percent-encoded.
    package var path: String

    package init(_ server: HTTPServer, path: String) {
        self.server = server
        self.path = path
    }
}

extension HTTPURL: CustomStringConvertible {
    package var description: String {
        switch server {
        case .tcp(_, _, let isSecure): "\(isSecure ? "https" : "http")://\(server.authority)\(path)"
        case .unix(let socket): "unix:\(socket):\(path)"
        }
    }
}

extension HTTPServer {
    /// Host and port, in the form used in a URL.
    var authority: String {
        switch self {
        case .tcp(let host, let port, _): (host.contains(":") ? "[\(host)]" : host) + ":\(port)"
        case .unix: "localhost"
        }
    }

    /// The value of the `Host` header: without the port if the scheme implies it (RFC 9110, section 4.2.3).
    var host: String {
        switch self {
        case .tcp(let host, 443, true), .tcp(let host, 80, false): host.contains(":") ? "[\(host)]" : host
        case .tcp, .unix: authority
        }
    }
}
