// SPDX-License-Identifier: GPL-3.0-or-later
import CMalloc
import FoundationEssentials
import Glibc

/// The kernel's statistics for this process.
package struct ProcessFigures: Sendable {
    package let residentBytes: Int
    package let virtualBytes: Int
    package let threads: Int
    package let openDescriptors: Int
    /// User and system time, in seconds.
    package let processorSeconds: Double

    /// - Returns: `nil` without `/proc`.
    package static func current() -> ProcessFigures? {
        guard let status = FileManager.default.contents(atPath: "/proc/self/status"),
            let descriptors = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        else { return nil }
        let lines = String(decoding: status, as: UTF8.self).split(separator: "\n")
        func value(_ key: String) -> Int? {
            lines.first { $0.hasPrefix("\(key):") }?
                .split(whereSeparator: { $0 == "\t" || $0 == " " }).dropFirst().first.flatMap { Int($0) }
        }
        var time = timespec()
        guard unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return nil }
        // The folder's own descriptor doesn't count.
        return ProcessFigures(
            residentBytes: (value("VmRSS") ?? 0) * 1024, virtualBytes: (value("VmSize") ?? 0) * 1024,
            threads: value("Threads") ?? 0, openDescriptors: max(0, descriptors.count - 1),
            processorSeconds: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)
    }
}

/// How the C library manages free memory.
package enum Memory {
    /// Makes glibc return free memory to the system soon, and limits all threads to two arenas: a daemon that is mostly
    /// idle leaves the memory to the model. Must be called before there are threads.
    ///
    /// By default, glibc keeps more memory the more was once in use (`mallopt(3)`, M_TRIM_THRESHOLD).
    package static func staySmall() {
        mallopt(M_TRIM_THRESHOLD, 64 * 1024)
        mallopt(M_ARENA_MAX, 2)
    }

    /// Also returns free memory between blocks in use to the system; by itself, glibc only returns what is above them.
    /// Takes milliseconds, during which allocations may have to wait.
    package static func giveBack() {
        malloc_trim(0)
    }
}
