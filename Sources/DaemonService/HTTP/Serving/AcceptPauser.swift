// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Logging
import NIOCore

/// Pauses a listening socket when connections can't be accepted, since the process or the system has no more descriptors
/// or no memory for them.
///
/// NIO keeps such a socket but polls it without a pause: the connection that can't be accepted keeps it readable, and
/// `AcceptBackoffHandler` delays new reads, not the one under way.
final class AcceptPauser: ChannelDuplexHandler {
    typealias InboundIn = Channel
    typealias OutboundIn = Channel

    private static let pause = TimeAmount.seconds(1)
    /// A shortage that returns within this time counts as the same one.
    private static let calm = TimeAmount.seconds(60)

    private let name: String
    private let logger: Logger
    private var lastShortage: NIODeadline?
    private var untilRead: Scheduled<Void>?

    /// - Parameter name: the socket's.
    init(name: String, logger: Logger) {
        self.name = name
        self.logger = logger
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? IOError else { return context.fireErrorCaught(error) }
        switch error.errnoCode {
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: rest(context, error)
        // The client has gone again, which concerns nobody else.
        case ECONNABORTED: break
        default: context.fireErrorCaught(error)
        }
    }

    /// Reads requested during the pause happen when it ends.
    func read(context: ChannelHandlerContext) {
        if untilRead == nil { context.read() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        untilRead?.cancel()
        context.fireChannelInactive()
    }

    private func rest(_ context: ChannelHandlerContext, _ error: IOError) {
        guard untilRead == nil else { return }
        let now = context.eventLoop.now
        if lastShortage.map({ now - $0 > Self.calm }) ?? true {
            logger.warning(
                "Connections can't be accepted now; they will be as soon as others have ended.",
                metadata: ["socket": "\(name)", "error": "\(error)"])
        }
        lastShortage = now
        read(false, context)
        untilRead = context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) {
            self.untilRead = nil
            self.read(true, context)
        }
    }

    private func read(_ isOn: Bool, _ context: ChannelHandlerContext) {
        // Fails only when the channel is closed already.
        try? context.channel.syncOptions?.setOption(.autoRead, value: isOn)
    }
}
