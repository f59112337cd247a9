// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import TestSupport
import Testing
import Threads
import Utterance

/// The file of a `capture` device, as a FIFO: its reader sees when the device is closed.
final class DeviceFIFO: Sendable {
    let path = SoundWorld.shared.path("device")
    private let descriptor: CInt

    init() throws {
        try #require(unsafe mkfifo(path, 0o600) == 0)
        // So that opening it doesn't wait for a writer.
        descriptor = unsafe Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        try #require(descriptor >= 0)
        try #require(fcntl(descriptor, F_SETFL, 0) == 0)
    }

    deinit {
        close(descriptor)
    }

    /// Waits until the device, which was open, is closed.
    func closed() async -> Moment {
        await withCheckedContinuation { continuation in
            startThread(name: "fifo") { [self] in
                var buffer = [UInt8](repeating: 0, count: 4_096)
                while unsafe buffer.withUnsafeMutableBytes({ unsafe read(descriptor, $0.baseAddress, $0.count) }) > 0 {}
                continuation.resume(returning: MonotonicClock().now)
            }
        }
    }
}
