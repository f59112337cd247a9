// SPDX-License-Identifier: GPL-3.0-or-later
import Hummingbird
import Logging
import NIOCore

/// What is known of a request beside its message.
struct ServiceContext: RequestContext {
    /// Who sent it.
    enum Peer: Sendable, Hashable {
        /// A program that may open the unix socket.
        case local
        case address(SocketAddress)
        /// A client of a network that has hung up meanwhile: a closed connection has no address any more.
        case gone
    }

    struct Source: RequestContextSource {
        let channel: any Channel
        /// The connection came through the unix socket. It is known of the socket, and never guessed from a missing
        /// address: who hangs up in time would pass for a program of this machine.
        let isLocal: Bool
        let logger: Logger
    }

    var coreContext: CoreRequestContextStorage
    let peer: Peer

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.isLocal ? .local : source.channel.remoteAddress.map { .address($0) } ?? .gone
    }
}
