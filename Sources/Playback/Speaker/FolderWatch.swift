// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Signals when something appears in a folder, disappears from it, or changes its permissions.
struct FolderWatch: ~Copyable {
    /// Becomes readable on a change; -1 if the system has no more descriptors.
    let descriptor: CInt

    /// - Parameter folders: missing ones are ignored.
    init(_ folders: [String]) {
        descriptor = inotify_init1(CInt(IN_CLOEXEC | IN_NONBLOCK))
        guard descriptor >= 0 else { return }
        for folder in folders {
            _ = unsafe inotify_add_watch(descriptor, folder, UInt32(IN_CREATE | IN_DELETE | IN_ATTRIB))
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Forgets the changes so far.
    func clear() {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while unsafe buffer.withUnsafeMutableBytes({ unsafe read(descriptor, $0.baseAddress, $0.count) }) > 0 {}
    }
}
