// SPDX-License-Identifier: GPL-3.0-or-later

/// A piece's text with mark-up removed, and where each part of it stands in the text that came in.
package struct MappedText: Sendable, Equatable {
    /// What a reader sees.
    package var text: String

    /// Ties UTF-8 offsets in ``text`` (`spoken`) to UTF-8 offsets in the source, both rising.
    ///
    /// The first anchor is the beginning of both, the last one the end of both. Between two anchors whose distances
    /// are equal the bytes run side by side; else the text between them stands for all source bytes between them.
    package var anchors: [Alignment.Anchor]

    package init(text: String, anchors: [Alignment.Anchor]) {
        self.text = text
        self.anchors = anchors
    }
}
