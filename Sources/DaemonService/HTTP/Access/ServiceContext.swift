// SPDX-License-Identifier: GPL-3.0-or-later
import Hummingbird
import Logging
import NIOCore

/// What is known of a request besides its message.
struct ServiceContext: RequestContext {
    /// The sender of a request.
    enum Peer: Sendable, Hashable {
        /// A program that may open the unix socket.
        case local
        case address(SocketAddress)
        /// A network client that has hung up meanwhile: a closed connection no longer has an address.
        case gone
    }

    struct Source: RequestContextSource {
        let channel: any Channel
        /// The connection came through the unix socket. The listening socket tells, not a missing address: a network client
        /// that hung up in time would pass for a local program.
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
