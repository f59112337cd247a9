// SPDX-License-Identifier: GPL-3.0-or-later
import CMalloc

/// How the C library keeps memory that the program does not need any more.
package enum Memory {
    /// Memory that is free goes back to the system soon, and all threads share two arenas: a daemon that is idle most of
    /// the time leaves it to the model. To be called before there are threads.
    ///
    /// glibc's own habit is to keep the more the more was in use once (`mallopt(3)`, M_TRIM_THRESHOLD).
    package static func staySmall() {
        mallopt(M_TRIM_THRESHOLD, 64 * 1024)
        mallopt(M_ARENA_MAX, 2)
    }

    /// Free memory that lies between what is in use goes back to the system, too; by itself glibc gives back only what lies
    /// above it. Takes milliseconds, in which whoever allocates may have to wait.
    package static func giveBack() {
        malloc_trim(0)
    }
}
