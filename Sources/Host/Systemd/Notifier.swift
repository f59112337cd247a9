// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Threads
package import Utterance

/// Tells the service manager how the daemon is doing, with the protocol of `sd_notify(3)`: datagrams to a unix socket.
package struct Notifier: Sendable {
    package enum State: Sendable, Equatable {
        /// Started, or finished reloading the settings.
        case ready
        /// Reloading the settings since this moment of `CLOCK_MONOTONIC`.
        case reloading(Moment)
        case stopping
        /// For people, shown by `systemctl status`.
        case status(String)
        /// A heartbeat.
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

    /// A path, or a name in Linux's abstract namespace, which begins with `@`.
    private let address: String

    /// - Parameter environment: the process's environment variables.
    /// - Returns: `nil` if there is no manager to notify (`NOTIFY_SOCKET` is not set).
    package init?(environment: [String: String]) {
        guard let address = environment["NOTIFY_SOCKET"], address.hasPrefix("/") || address.hasPrefix("@"),
            address.utf8.count <= Self.longestAddress
        else { return nil }
        self.address = address
    }

    /// Sends all of `states` at once, without waiting. A manager that is gone is not an error.
    package func send(_ states: State...) {
        let message = Array(states.map(\.lines).joined(separator: "\n").utf8)
        guard !isSent(message, flags: CInt(MSG_DONTWAIT)), states != [.watchdog] else { return }
        // The manager's queue is full. A late heartbeat is useless; everything else is worth waiting for.
        startThread(name: "utter-notify") { _ = isSent(message, flags: 0) }
    }

    /// - Returns: `false` if the manager's queue was full.
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
        // An abstract name has no terminating null.
        let isAbstract = path.first == 0
        let offset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? MemoryLayout<sa_family_t>.size
        return (target, socklen_t(offset + path.count + (isAbstract ? 0 : 1)))
    }
}

/// Sends heartbeats to the service manager while the daemon is healthy; without them, the manager restarts it.
package struct Watchdog: Sendable {
    private let notifier: Notifier
    /// Half the time after which the manager acts (`sd_watchdog_enabled(3)`).
    package let interval: Duration

    /// - Parameters:
    ///   - environment: the process's environment variables: `WATCHDOG_USEC`, and `WATCHDOG_PID` if it is set.
    ///   - process: this process's ID.
    /// - Returns: `nil` if the manager doesn't watch the daemon.
    package init?(_ notifier: Notifier, environment: [String: String], process: Int32) {
        guard let time = environment["WATCHDOG_USEC"].flatMap(Int.init), time > 0 else { return nil }
        if let watched = environment["WATCHDOG_PID"], Int32(watched) != process { return nil }
        self.notifier = notifier
        interval = .microseconds(time / 2)
    }

    /// Sends heartbeats until the task is cancelled.
    ///
    /// - Parameter isWell: called each time; if it never returns, no heartbeat is sent.
    package func run(clock: any MomentClock, isWell: @Sendable () async -> Bool) async {
        while true {
            if await isWell() { notifier.send(.watchdog) }
            do { try await clock.sleep(until: clock.now.advanced(by: interval), tolerance: nil) } catch { return }
        }
    }
}
