// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Host
import Synchronization
import TestSupport
import Testing
import Utterance

@Suite("A persisted value")
struct PersistedValueTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func kept(_ name: String = "state.json") -> PersistedValue<[Int]> {
        PersistedValue(path: folder(name)) { Issue.record("\($0)") }
    }

    @Test("comes back after a restart")
    func restart() async throws {
        let first = kept()
        #expect(first.load().value == nil && first.load().notice == nil)
        first.save([1, 2])
        await first.flush()
        #expect(kept().load().value == [1, 2])
    }

    @Test("is the last one saved, however many came in between")
    func many() async throws {
        let kept = kept()
        for number in 0...5_000 { kept.save([number]) }
        await kept.flush()
        #expect(kept.load().value == [5_000])
        kept.save([7])
        await kept.flush()
        #expect(kept.load().value == [7])
        #expect(folder.content == ["state.json"])
    }

    @Test(
        "is set aside with a notice if it is damaged or something else", arguments: ["", "[1, 2", "{}", "\u{0}\u{0}"])
    func damaged(text: String) async throws {
        try folder.write(text, to: "state.json")
        let kept = kept()
        let loaded = kept.load()
        #expect(loaded.value == nil)
        #expect(loaded.notice?.message.contains("state.json.broken") == true)
        #expect(folder.content == ["state.json.broken"] && folder.read("state.json.broken") == text)
        kept.save([1])
        await kept.flush()
        #expect(self.kept().load().value == [1])
    }

    @Test("is not saved over something else that can't be moved away")
    func blocked() async throws {
        let kept = PersistedValue<[Int]>(path: "/proc/self/fd") { Issue.record("\($0)") }
        #expect(kept.load().notice?.code == "state_blocked")
        kept.save([1])
        await kept.flush()
    }

    @Test("reports that writing fails once, not for each change")
    func failures() async throws {
        let faults = Mutex<[Fault]>([])
        #expect(unsafe mkdir(folder("state.json.new"), 0o700) == 0)
        let kept = PersistedValue<[Int]>(path: folder("state.json")) { fault in faults.withLock { $0.append(fault) } }
        for number in 0..<3 {
            kept.save([number])
            await kept.flush()
        }
        #expect(faults.withLock(\.self).map(\.code) == [.outputUnwritable])
        #expect(unsafe rmdir(folder("state.json.new")) == 0)
        kept.save([9])
        await kept.flush()
        #expect(kept.load().value == [9])
    }

    @Test("is written at a later attempt if it could not be")
    func retry() async throws {
        #expect(unsafe mkdir(folder("state.json.new"), 0o700) == 0)
        let kept = PersistedValue<[Int]>(path: folder("state.json")) { _ in }
        kept.save([1])
        await kept.flush()
        kept.retry()
        await kept.flush()
        #expect(kept.load().value == nil)
        #expect(unsafe rmdir(folder("state.json.new")) == 0)
        kept.retry()
        await kept.flush()
        #expect(kept.load().value == [1])
        // Nothing is left to be written.
        writeFile(folder("state.json"), "[2]")
        kept.retry()
        await kept.flush()
        #expect(kept.load().value == [2])
    }
}
