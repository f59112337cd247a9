// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import TestSupport
import Testing
import Threads

/// A FIFO with room for a page: its writer is blocked until the valve is opened.
final class Valve: Sendable {
    let path = SoundWorld.shared.path("valve")
    private let descriptor: CInt

    init() throws {
        try #require(unsafe mkfifo(path, 0o600) == 0)
        // Opened both ways, so that neither side's opening waits.
        descriptor = unsafe Glibc.open(path, O_RDWR | O_CLOEXEC)
        try #require(descriptor >= 0)
        let setPipeSize: CInt = 1_031  // F_SETPIPE_SZ
        try #require(fcntl(descriptor, setPipeSize, 4_096) >= 0)
    }

    deinit {
        close(descriptor)
    }

    /// From here on everything flows.
    func open() {
        let reading = dup(descriptor)
        startThread(name: "valve") {
            var buffer = [UInt8](repeating: 0, count: 4_096)
            var pollable = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
            // Nobody has written for a second: the device is closed.
            while unsafe poll(&pollable, 1, 1_000) == 1 {
                _ = unsafe buffer.withUnsafeMutableBytes { unsafe read(reading, $0.baseAddress, $0.count) }
            }
            close(reading)
        }
    }
}
