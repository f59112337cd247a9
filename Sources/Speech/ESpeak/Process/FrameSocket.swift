// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Utterance

/// One end of the socket between the daemon and the eSpeak NG process. Its calls block.
final class FrameSocket {
    /// The other end is gone, or doesn't read or write any more.
    struct Closed: Error {}

    private let descriptor: CInt

    /// - Parameters:
    ///   - descriptor: owned by this value, which closes it.
    ///   - limit: the longest wait in the middle of a frame; `nil`: no limit.
    init(_ descriptor: CInt, limit: Duration?) {
        self.descriptor = descriptor
        guard let limit else { return }
        let (seconds, attoseconds) = limit.components
        var time = timeval(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
        let size = socklen_t(MemoryLayout<timeval>.size)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, size)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, size)
    }

    deinit {
        close(descriptor)
    }

    func send(_ frame: Frame) throws(Closed) {
        let bytes = frame.encoded
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: $0[sent...])
                return unsafe Glibc.send(descriptor, rest.baseAddress, rest.count, CInt(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Closed() }
            sent += count
        }
    }

    /// Waits for input, and returns whether there is any or the other end is gone; after `limit` at the latest.
    func waitForInput(atMost limit: Duration) -> Bool {
        var descriptors = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&descriptors, 1, CInt(clamping: Int(limit.inMilliseconds.rounded(.up)))) > 0
    }

    /// Waits for the next frame.
    func receive() throws -> Frame {
        let (kind, length) = try Frame.header(try receive(Frame.headerSize))
        return Frame(kind, contents: try receive(length))
    }

    private func receive(_ count: Int) throws(Closed) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var received = 0
        while received < count {
            let result = unsafe bytes.withUnsafeMutableBytes {
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: $0[received...])
                return unsafe recv(descriptor, rest.baseAddress, rest.count, 0)
            }
            if result < 0, errno == EINTR { continue }
            guard result > 0 else { throw Closed() }
            received += result
        }
        return bytes
    }
}
