// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// A model server that answers while the preferred one doesn't.
package struct FallbackServer: Sendable, Equatable {
    package var url: String
    package var provider: Provider
    /// `nil`: one of the installed models.
    package var name: String?

    package init(url: String, provider: Provider = .ollama, name: String? = nil) {
        (self.url, self.provider, self.name) = (url, provider, name)
    }
}
