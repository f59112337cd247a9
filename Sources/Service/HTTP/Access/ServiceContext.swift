// SPDX-License-Identifier: GPL-3.0-or-later
import Hummingbird
import NIOCore

/// What is known of a request beside its message.
struct ServiceContext: RequestContext {
    /// Who sent it.
    enum Peer: Sendable, Hashable {
        /// A program that may open the unix socket.
        case local
        case address(SocketAddress)
    }

    var coreContext: CoreRequestContextStorage
    let peer: Peer
    /// Where it arrived; `nil` on the unix socket.
    let port: Int?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        port = source.channel.localAddress?.port
        switch source.channel.remoteAddress {
        case .v4, .v6: peer = source.channel.remoteAddress.map { .address($0) } ?? .local
        default: peer = .local
        }
    }
}
