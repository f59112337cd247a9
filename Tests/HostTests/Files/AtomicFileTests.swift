// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Host
import Testing
import Utterance

@Suite("An atomic file")
struct AtomicFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("is written as a whole, for its owner only, and leaves nothing else behind")
    func write() throws {
        let file = AtomicFile(path: folder("state.json"))
        #expect(try file.read() == nil)
        try file.write(Array("old and longer".utf8))
        try file.write(Array("new".utf8))
        #expect(try file.read() == Array("new".utf8))
        #expect(folder.content == ["state.json"])
        var status = stat()
        #expect(unsafe stat(file.path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test("creates missing folders")
    func folders() throws {
        try AtomicFile(path: folder("a/b/state.json")).write([1])
        #expect(folder.content == ["a"])
    }

    @Test("replaces what a crash left behind, and doesn't follow a symbolic link there")
    func leftovers() throws {
        try folder.write("precious", to: "other")
        #expect(unsafe symlink(folder("other"), folder("state.json.new")) == 0)
        try AtomicFile(path: folder("state.json")).write([65])
        #expect(folder.read("other") == "precious")
        #expect(folder.content == ["other", "state.json"])
    }

    @Test("is unchanged if it can't be replaced")
    func failure() throws {
        try folder.write("old", to: "state.json")
        #expect(unsafe mkdir(folder("state.json.new"), 0o700) == 0)
        let fault = #expect(throws: Fault.self) { try AtomicFile(path: folder("state.json")).write([65]) }
        #expect(fault?.code == .outputUnwritable)
        #expect(folder.read("state.json") == "old")
    }

    @Test("is never a folder, a device or a pipe")
    func otherKinds() throws {
        #expect(unsafe mkfifo(folder("pipe"), 0o600) == 0)
        for path in [folder.path, "/dev/null", folder("pipe")] {
            let fault = #expect(throws: Fault.self) { try AtomicFile(path: path).read() }
            #expect(fault?.code == .inputUnreadable)
        }
    }
}
