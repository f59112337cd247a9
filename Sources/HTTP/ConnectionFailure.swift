// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import NIOCore
import NIOExtras
import NIOHTTP1
import NIOPosix

/// Why there is no reply, or only part of one: the network's many errors, reduced to the few that need different advice.
package enum ConnectionFailure: Error, Hashable {
    case unknownHost
    case refused
    case noRoute
    case timedOut
    /// Closed or reset, before the reply or in the middle of it.
    case closed
    /// The bytes received are not HTTP.
    case foreign
    /// TLS failed, for this reason.
    case insecure(String)
    case other(String)

    package init(_ error: any Error) {
        self =
            switch error {
            case let error as ConnectionFailure: error
            case let error as NIOConnectionError:
                error.connectionErrors.first.map { ConnectionFailure($0.error) } ?? .unknownHost
            case let error as IOError: ConnectionFailure(errno: error)
            case let error as ChannelError: ConnectionFailure(channel: error)
            case HTTPParserError.invalidEOFState: .closed
            case is HTTPParserError: .foreign
            case let error as NIOHTTP1ProxyConnectHandler.Error: ConnectionFailure(proxy: error)
            default: .other("\(error)")
            }
    }

    private init(errno error: IOError) {
        self =
            switch error.errnoCode {
            case ECONNREFUSED: .refused
            case EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN: .noRoute
            case ETIMEDOUT: .timedOut
            case ECONNRESET, EPIPE, ENOTCONN: .closed
            default: .other("\(error)")
            }
    }

    private init(channel error: ChannelError) {
        switch error {
        case .connectTimeout: self = .timedOut
        case .eof, .ioOnClosedChannel, .alreadyClosed, .inputClosed, .outputClosed: self = .closed
        default: self = .other("\(error)")
        }
    }

    private init(proxy error: NIOHTTP1ProxyConnectHandler.Error) {
        switch error {
        case .proxyAuthenticationRequired(): self = .other("the proxy asks for a password")
        case .httpProxyHandshakeTimeout(): self = .timedOut
        case .remoteConnectionClosed(), .channelUnexpectedlyInactive(): self = .other("the proxy closed the connection")
        default: self = .other("the proxy refused to connect to it")
        }
    }
}
