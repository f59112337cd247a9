// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import DaemonService
import FoundationEssentials
import LanguageModel
import Testing
import Utterance

@Suite("Controls")
struct ControlsTests {
    @Test("are set by their names, and null gives a value back to the settings")
    func change() throws {
        var controls = try Controls().changed(by: ["volume": 50, "rate": 200, "voice": "de+f3", "muted": true])
        #expect(controls.volume == 50 && controls.rate == 200 && controls.voice == "de+f3" && controls.isMuted)
        controls = try controls.changed(by: ["volume": .null, "muted": false])
        #expect(controls.volume == nil && controls.rate == 200 && !controls.isMuted)
    }

    static let limits: [[String: JSONValue]] = [["volume": 0], ["volume": 200], ["rate": 80], ["rate": 450]]

    @Test("take the ends of their ranges", arguments: limits)
    func ends(values: [String: JSONValue]) throws {
        _ = try Controls().changed(by: values)
    }

    static let misfits: [([String: JSONValue], String)] = [
        (["volume": 201], "volume 201"), (["volume": -1], "0 to 200"), (["rate": 79], "80 to 450"),
        (["rate": 451], "words per minute"), (["volume": "loud"], "whole number"), (["volume": 1.5], "whole number"),
        (["muted": 1], "true or false"), (["muted": .null], "true or false"), (["voice": ""], "voice"),
        (["voice": "a\nb"], "voice"), (["voice": 3], "voice"), (["volum": 3], "Did you mean volume?"),
        (["xyzzy": 3], "Possible names: volume"), (["volume": 10, "rate": 1], "80 to 450"),
    ]

    @Test("refuse what they can't be, and say what they can", arguments: misfits)
    func misfit(values: [String: JSONValue], words: String) {
        let fault = #expect(throws: Fault.self) { try Controls().changed(by: values) }
        #expect(fault?.code == .usage)
        #expect(fault?.message.contains(words) == true, "\(fault?.message ?? "")")
    }

    @Test("are kept as JSON, without what the settings say")
    func json() throws {
        let controls = try Controls().changed(by: ["volume": 50, "muted": true])
        let bytes = try JSONEncoder().encode(controls)
        #expect(try JSONDecoder().decode([String: JSONValue].self, from: bytes) == ["volume": 50, "muted": true])
        #expect(try JSONDecoder().decode(Controls.self, from: bytes) == controls)
        #expect(try JSONDecoder().decode(Controls.self, from: Data("{}".utf8)) == Controls())
    }

    @Test("from a file are checked too")
    func damaged() {
        #expect(throws: Fault.self) { try JSONDecoder().decode(Controls.self, from: Data(#"{"volume":999}"#.utf8)) }
    }
}
