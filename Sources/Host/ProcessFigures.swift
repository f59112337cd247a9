// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// What the kernel says of this process.
package struct ProcessFigures: Sendable {
    package let residentBytes: Int
    package let virtualBytes: Int
    package let threads: Int
    package let openDescriptors: Int
    /// User and system time.
    package let processorSeconds: Double

    /// - Returns: `nil` without `/proc`.
    package static func current() -> ProcessFigures? {
        guard let status = contents(of: "/proc/self/status"), let descriptors = countEntries(of: "/proc/self/fd")
        else { return nil }
        func value(_ key: String) -> Int? {
            status.split(separator: "\n").first { $0.hasPrefix("\(key):") }?
                .split(whereSeparator: { $0 == "\t" || $0 == " " }).dropFirst().first.flatMap { Int($0) }
        }
        var time = timespec()
        guard unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return nil }
        return ProcessFigures(
            residentBytes: (value("VmRSS") ?? 0) * 1024, virtualBytes: (value("VmSize") ?? 0) * 1024,
            threads: value("Threads") ?? 0, openDescriptors: descriptors,
            processorSeconds: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)
    }

    private static func contents(of path: String) -> String? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 16 * 1024)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
    }

    /// The folder's own descriptor is not counted.
    private static func countEntries(of path: String) -> Int? {
        guard let folder = unsafe opendir(path) else { return nil }
        defer { unsafe closedir(folder) }
        var count = 0
        while let entry = unsafe readdir(folder) {
            // "." and ".." begin with a dot, descriptors with a figure.
            if unsafe entry.pointee.d_name.0 != 46 { count += 1 }
        }
        return max(0, count - 1)
    }
}
