// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import TestSupport
import Testing

@testable import utter

@Suite("Without a sound device, the sound goes to") struct FallbackFileTests {
    @Test("a file named after the time, in the working directory")
    func workingFolder() throws {
        let utter = try UtterProgram()
        let path = FallbackFile.path(in: utter.folder, or: "/nowhere")
        #expect(path.hasPrefix("\(utter.folder)/utter-20") && path.hasSuffix(".wav"))
        #expect(utter.files(endingIn: ".wav") == [])
    }

    @Test("one with a unique name and for its owner only, where everybody may write")
    func temporary() throws {
        let utter = try UtterProgram()
        for folder in [nil, "/nowhere"] {
            let path = FallbackFile.path(in: folder, or: utter.folder)
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
        #expect(utter.files(endingIn: ".wav").count == 2)
    }
}
