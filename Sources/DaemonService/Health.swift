// SPDX-License-Identifier: GPL-3.0-or-later
import NIOCore
import NIOPosix
import Pipeline
import Speech

/// Whether the daemon still works: checks each of the threads that everything else needs.
package enum Health {
    /// - Returns: when the scheduler, the speech engine and the network's event loop have each responded; never if one hangs.
    package static func check(_ scheduler: SpeechScheduler) async -> Bool {
        _ = await scheduler.status
        await scheduler.player.engine.respond()
        return (try? await MultiThreadedEventLoopGroup.singleton.any().submit {}.get()) != nil
    }
}
