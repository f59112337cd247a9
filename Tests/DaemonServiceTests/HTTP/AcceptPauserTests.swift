// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import DaemonService

@Suite("A listening socket without a descriptor for one more connection")
struct AcceptPauserTests {
    private let log = RecordedLog()
    private let channel = EmbeddedChannel()

    init() throws {
        let logger = Logger(label: "test") { [log] _ in log }
        try channel.pipeline.syncOperations.addHandler(AcceptPauser(name: "here", logger: logger))
    }

    private func fail(_ code: CInt) {
        channel.pipeline.fireErrorCaught(IOError(errnoCode: code, reason: "accept"))
    }

    private var reads: Bool? {
        channel.options.lazy.compactMap { $0.option is ChannelOptions.Types.AutoReadOption ? $0.value as? Bool : nil }
            .first
    }

    @Test("is left alone for a second", arguments: [EMFILE, ENFILE, ENOBUFS, ENOMEM])
    func pause(code: CInt) throws {
        #expect(reads == nil)
        fail(code)
        #expect(reads == false)
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(999))
        #expect(reads == false)
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
        #expect(reads == true)
        try channel.throwIfErrorCaught()
    }

    @Test("is not read in the pause, whoever asks for it")
    func reading() throws {
        let reads = CountedReads()
        try channel.pipeline.syncOperations.addHandler(reads, position: .first)
        channel.pipeline.read()
        fail(EMFILE)
        channel.pipeline.read()
        #expect(reads.count == 1)
    }

    @Test("is said once, and again if it comes back after a minute without")
    func warning() {
        for _ in 1...100 {
            fail(EMFILE)
            channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        }
        #expect(log.lines.count == 1)
        #expect(log.lines.first?.hasPrefix("warning: Connections can't be accepted") == true)
        channel.embeddedEventLoop.advanceTime(by: .seconds(61))
        fail(EMFILE)
        #expect(log.lines.count == 2)
    }

    @Test("does not pause for a client that has gone again, and hands other errors on")
    func others() {
        fail(ECONNABORTED)
        #expect(throws: Never.self) { try channel.throwIfErrorCaught() }
        fail(EINVAL)
        #expect(throws: IOError.self) { try channel.throwIfErrorCaught() }
        #expect(reads == nil && log.lines.isEmpty)
    }
}

private final class CountedReads: ChannelOutboundHandler {
    typealias OutboundIn = Channel
    var count = 0

    func read(context: ChannelHandlerContext) {
        count += 1
    }
}
