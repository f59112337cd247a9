// SPDX-License-Identifier: GPL-3.0-or-later
import Settings
import Testing

@testable import Assistant

@Suite("The state folder")
struct PersistedStateTests {
    @Test(
        "is systemd's, or else the user's, according to XDG",
        arguments: [
            (["STATE_DIRECTORY": "/var/lib/utter:/var/lib/more", "HOME": "/h"], "/var/lib/utter"),
            (["XDG_STATE_HOME": "/s", "HOME": "/h"], "/s/utter"),
            (["XDG_STATE_HOME": "relative", "HOME": "/h"], "/h/.local/state/utter"),
            (["HOME": "/h"], "/h/.local/state/utter"),
            (["HOME": ""], nil), ([:], nil),
        ] as [([String: String], String?)])
    func path(environment: [String: String], path: String?) {
        #expect(PersistedState.folder(in: environment) == path)
    }

    @Test(
        "holds conversations only if systemd made it and the settings don't name another place",
        arguments: [
            (nil, ["STATE_DIRECTORY": "/var/lib/utter"], "/var/lib/utter/conversations.json"),
            (nil, ["HOME": "/h"], nil), ("/c.json", ["HOME": "/h"], "/c.json"),
            ("/c.json", ["STATE_DIRECTORY": "/var/lib/utter"], "/c.json"),
            ("off", ["STATE_DIRECTORY": "/var/lib/utter"], nil),
        ] as [(String?, [String: String], String?)])
    func conversations(file: String?, environment: [String: String], path: String?) {
        var settings = Settings()
        settings.conversation.file = file
        #expect(PersistedState.conversations(settings, environment: environment) == path)
    }
}
