// SPDX-License-Identifier: GPL-3.0-or-later

/// A piece's text without mark-up, and where each part of it is in the text that came in.
package struct MappedText: Sendable, Equatable {
    /// What a reader sees.
    package var text: String

    /// Ties UTF-8 offsets in ``text`` (`spoken`) to UTF-8 offsets in the source. Neither ever decreases.
    ///
    /// The first anchor is the beginning of both texts, the last one the end of both. If two consecutive anchors are
    /// equally far apart on both sides, the bytes between them are a copy; otherwise the text between them stands for
    /// all source bytes between them.
    package var anchors: [Alignment.Anchor]

    package init(text: String, anchors: [Alignment.Anchor]) {
        self.text = text
        self.anchors = anchors
    }
}
