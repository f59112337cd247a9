// SPDX-License-Identifier: GPL-3.0-or-later
import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

/// Why there is no reply, or no more of it: the network's many errors as the few that call for different advice.
enum ConnectionFailure: Error, Hashable {
    case unknownHost
    case refused
    case noRoute
    case timedOut
    /// Closed or reset, before the reply or in the middle of it.
    case closed
    /// What came is not HTTP.
    case foreign
    case other(String)

    init(_ error: any Error) {
        self =
            switch error {
            case let error as NIOConnectionError:
                error.connectionErrors.first.map { ConnectionFailure($0.error) } ?? .unknownHost
            case let error as IOError: ConnectionFailure(errno: error)
            case let error as HTTPClientError: ConnectionFailure(client: error)
            case let error as ChannelError: ConnectionFailure(channel: error)
            case HTTPParserError.invalidEOFState: .closed
            case is HTTPParserError: .foreign
            default: .other("\(error)")
            }
    }

    private init(errno error: IOError) {
        self =
            switch error.errnoCode {
            case ECONNREFUSED: .refused
            case EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN: .noRoute
            case ETIMEDOUT: .timedOut
            case ECONNRESET, EPIPE: .closed
            default: .other("\(error)")
            }
    }

    private init(client error: HTTPClientError) {
        switch error {
        case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout: self = .timedOut
        case .remoteConnectionClosed: self = .closed
        case .invalidURL, .emptyHost, .emptyScheme: self = .unknownHost
        default: self = .other(error.shortDescription)
        }
    }

    private init(channel error: ChannelError) {
        switch error {
        case .connectTimeout: self = .timedOut
        case .eof, .ioOnClosedChannel, .alreadyClosed: self = .closed
        default: self = .other("\(error)")
        }
    }
}
