// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import DaemonService
import Testing

@Suite("Policy and priority")
struct PolicyTests {
    @Test("have the names that the API documents")
    func names() {
        #expect(Policy.allCases.map(\.rawValue) == ["interrupt", "queue", "reject"])
        #expect(Priority.allCases.map(\.rawValue) == ["important", "normal", "progress"])
    }
}
