// SPDX-License-Identifier: GPL-3.0-or-later
import NIOCore

/// Encrypts what goes to the network, and decrypts what comes from it.
///
/// Added to a connected channel. The handlers after it are added once the handshake is complete.
final class TLSHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let session: TLSSession
    /// `nil` once the handshake is over.
    private var handshake: EventLoopPromise<Void>?

    init(_ session: TLSSession, handshake: EventLoopPromise<Void>) {
        self.session = session
        self.handshake = handshake
    }

    func handlerAdded(context: ChannelHandlerContext) {
        shakeHands(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        handshake?.fail(ConnectionFailure.closed)
        handshake = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        session.receive(Array(unwrapInboundIn(data).readableBytesView))
        if handshake != nil { shakeHands(context) }
        if handshake == nil { decrypt(context) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        guard handshake == nil else { return context.read() }
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        do {
            try session.write(Array(unwrapOutboundIn(data).readableBytesView))
            context.write(wrapOutboundOut(ByteBuffer(bytes: session.takeOutgoing())), promise: promise)
        } catch {
            promise?.fail(error)
            context.fireErrorCaught(error)
        }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        session.close()
        send(context)
        context.close(mode: mode, promise: promise)
    }

    private func shakeHands(_ context: ChannelHandlerContext) {
        do {
            let isComplete = try session.shakeHands()
            send(context)
            guard isComplete else { return context.read() }
            handshake?.succeed()
        } catch {
            send(context)  // the alert that tells the server why
            handshake?.fail(error)
            context.close(promise: nil)
        }
        handshake = nil
    }

    private func decrypt(_ context: ChannelHandlerContext) {
        do {
            while true {
                switch try session.read() {
                case .bytes(let bytes): context.fireChannelRead(wrapInboundOut(ByteBuffer(bytes: bytes)))
                case .nothing: return send(context)  // a new key may have been asked for
                case .end: return context.close(promise: nil)
                }
            }
        } catch {
            context.fireErrorCaught(error)
        }
    }

    private func send(_ context: ChannelHandlerContext) {
        let bytes = session.takeOutgoing()
        if !bytes.isEmpty { context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil) }
    }
}
