// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// A counting semaphore (POSIX `sem_t`), with which one thread waits for another.
@safe
final class Semaphore: @unchecked Sendable {
    // Sendable: a `sem_t` may be used from several threads; the pointer never changes.
    private let semaphore: UnsafeMutablePointer<sem_t>

    init() {
        unsafe semaphore = .allocate(capacity: 1)
        let result = unsafe sem_init(semaphore, 0, 0)
        precondition(result == 0, "sem_init fails only for a value above SEM_VALUE_MAX.")
    }

    deinit {
        unsafe sem_destroy(semaphore)
        unsafe semaphore.deallocate()
    }

    func signal() {
        unsafe sem_post(semaphore)
    }

    func wait() {
        while unsafe sem_wait(semaphore) == -1, errno == EINTR {}
    }
}
