// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Threads
package import Utterance

/// Tells the service manager how the daemon is doing: the protocol of `sd_notify(3)`, datagrams to a unix socket.
package struct Notifier: Sendable {
    package enum State: Sendable, Equatable {
        /// Started, or done with reading the settings again.
        case ready
        /// The settings are read again since this moment of `CLOCK_MONOTONIC`.
        case reloading(Moment)
        case stopping
        /// For people, in `systemctl status`.
        case status(String)
        /// Still alive and well.
        case watchdog

        fileprivate var lines: String {
            switch self {
            case .ready: "READY=1"
            case .reloading(let now): "RELOADING=1\nMONOTONIC_USEC=\(Int(now.sinceZero.inMilliseconds * 1_000))"
            case .stopping: "STOPPING=1"
            case .status(let text): "STATUS=\(text.printable)"
            case .watchdog: "WATCHDOG=1"
            }
        }
    }

    /// A path, or a name that begins with `@` in Linux' abstract namespace.
    private let address: String

    /// - Parameter environment: the process's variables.
    /// - Returns: `nil` if nobody wants to be told (`NOTIFY_SOCKET` is not set).
    package init?(environment: [String: String]) {
        guard let address = environment["NOTIFY_SOCKET"], address.hasPrefix("/") || address.hasPrefix("@"),
            address.utf8.count <= Self.longestAddress
        else { return nil }
        self.address = address
    }

    /// Tells all of `states` at once, and waits for nothing. A manager that has gone is not worth a word.
    package func send(_ states: State...) {
        let message = Array(states.map(\.lines).joined(separator: "\n").utf8)
        guard !isSent(message, flags: CInt(MSG_DONTWAIT)), states != [.watchdog] else { return }
        // Its queue is full: it reads nothing at the moment. A sign of life is worth nothing later, all else is.
        startThread(name: "utter-notify") { _ = isSent(message, flags: 0) }
    }

    /// - Returns: false if there was no room for it.
    private func isSent(_ message: [UInt8], flags: CInt) -> Bool {
        let descriptor = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        var (target, size) = socketAddress
        let count = unsafe withUnsafePointer(to: &target) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe sendto(descriptor, message, message.count, CInt(MSG_NOSIGNAL) | flags, $0, size)
            }
        }
        return count >= 0 || errno != EAGAIN
    }

    private static let longestAddress = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    private var socketAddress: (sockaddr_un, socklen_t) {
        var target = sockaddr_un()
        target.sun_family = sa_family_t(AF_UNIX)
        var path = Array(address.utf8)
        if path.first == UInt8(ascii: "@") { path[0] = 0 }
        unsafe withUnsafeMutableBytes(of: &target.sun_path) { unsafe $0.copyBytes(from: path) }
        // An abstract name has just its bytes, without the zero that ends a path.
        let isAbstract = path.first == 0
        let offset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? MemoryLayout<sa_family_t>.size
        return (target, socklen_t(offset + path.count + (isAbstract ? 0 : 1)))
    }
}
