// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Testing
import Threads

/// Runs `body` on a new thread, and waits for its result.
@discardableResult
func valueFromThread<Value: Sendable>(named name: String, _ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        startThread(name: name) { continuation.resume(returning: body()) }
    }
}

/// Waits until a thread of this name exists, or doesn't exist any more; fails after a minute.
///
/// The kernel reports neither, so one of our own threads polls.
func untilThread(_ name: String, isThere: Bool, sourceLocation: SourceLocation = #_sourceLocation) async {
    let cameTrue = await valueFromThread(named: "looking") {
        for _ in 0..<60_000 {
            if threadNames().contains(name) == isThere { return true }
            usleep(1_000)
        }
        return false
    }
    #expect(cameTrue, "\(name)", sourceLocation: sourceLocation)
}

/// The names of this process's threads, as the system shows them.
func threadNames() -> [String] {
    guard let directory = unsafe opendir("/proc/self/task") else { return [] }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
        let thread = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        if let comm = contents(of: "/proc/self/task/\(thread)/comm") { names.append(String(comm.dropLast())) }
    }
    return names
}

/// A short file's text; `nil` if there isn't one (a thread may have ended meanwhile).
func contents(of path: String) -> String? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
    guard count > 0 else { return nil }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
}

/// The system's ID of the current thread: the first field of its `stat`.
func threadID() -> String {
    String(contents(of: "/proc/thread-self/stat")?.prefix { $0 != " " } ?? "")
}

func coreCount() -> Int {
    max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN)))
}
