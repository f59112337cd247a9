// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Utterance
import WyomingFrames

/// The speaker as a satellite without a microphone: takes the sounds of one client, one after the other.
///
/// Used only by the task that reads the connection. While there is no room for more sound, the client is not read.
final class Satellite {
    private let backend: WyomingBackend
    private let replies: WyomingReplies
    private var intake: SoundIntake?
    /// Whether the client checks from time to time that the satellite is there.
    private var pings = false
    private let pongs: UnaskedPongs

    init(backend: WyomingBackend, replies: WyomingReplies) {
        self.backend = backend
        self.replies = replies
        pongs = UnaskedPongs(replies: replies, clock: backend.clock)
    }

    func notePing() {
        pings = true
    }

    /// - Parameter group: runs the tasks that play the sounds.
    func take(_ event: WyomingEvent, _ group: inout DiscardingTaskGroup) async {
        switch event.type {
        case "audio-start":
            await finish()
            let announcement = Announcement(backend: backend)
            intake = SoundIntake(event.data, for: announcement, format: await backend.format)
            group.addTask { [replies] in await announcement.run(replies) }
        case "audio-chunk": await add(event)
        case "audio-stop": await finish()
        // Home Assistant sends this, and then pings.
        case "run-satellite": pings = true
        default: break
        }
    }

    /// Notes that the client sends nothing more. An incomplete sound fails, after what arrived of it was heard.
    func end() async {
        guard let intake else { return }
        self.intake = nil
        try? await send(intake.takeRest(), of: intake)
        intake.end(
            throwing: Fault(.soundInvalid, "A sound breaks off: the program that sent it hung up before its end."))
    }

    private func add(_ event: WyomingEvent) async {
        guard let intake, intake.isWanted else { return }
        do {
            for portion in try intake.take(event.data, event.payload) { try await send(portion, of: intake) }
        } catch {
            // A fault, or it was stopped. The rest of it is skipped.
            intake.refuse(throwing: error as? Fault)
        }
    }

    private func finish() async {
        guard let intake else { return }
        self.intake = nil
        try? await send(intake.takeRest(), of: intake)
        intake.end()
    }

    /// Waits until there is room.
    private func send(_ portion: PCMSound?, of intake: SoundIntake) async throws {
        guard let portion, intake.isWanted else { return }
        let portions = intake.announcement.portions
        guard pings else { return try await portions.send(portion) }
        try await withThrowingTaskGroup(of: Void.self) { [pongs] group in
            group.addTask { try await portions.send(portion) }
            group.addTask { try await pongs.send() }
            try await group.next()
            group.cancelAll()
        }
    }
}
