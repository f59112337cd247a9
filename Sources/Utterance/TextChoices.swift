// SPDX-License-Identifier: GPL-3.0-or-later

/// What becomes of content that can't be read aloud well.
package enum SkippedContent: String, Sendable, CaseIterable {
    /// One short spoken note in its place, in the answer's language.
    case note
    /// Left out.
    case silent
    /// Read as it stands.
    case read
}

/// Characters that end a sentence beside the built-in ones, and built-in ones that shall not.
package struct SentenceEnds: Sendable, Equatable {
    /// Characters that always end a sentence.
    package var added: Set<Unicode.Scalar>
    /// Built-in characters that never do.
    package var removed: Set<Unicode.Scalar>

    package init(added: Set<Unicode.Scalar> = [], removed: Set<Unicode.Scalar> = []) {
        self.added = added
        self.removed = removed
    }
}
