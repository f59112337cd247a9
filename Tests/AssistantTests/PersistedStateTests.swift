// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Assistant

@Suite("The folder for what is kept")
struct PersistedStateTests {
    @Test(
        "is systemd's, else the user's by XDG",
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
}
