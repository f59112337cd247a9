// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Utterance

/// What to show while an answer is spoken.
struct DisplayArguments: ParsableArguments {
    @Flag(help: "Print every event as a line of JSON, instead of the text.")
    var events = false

    @Flag(help: "At the end, draw a timeline of when each piece was generated, synthesized and heard.")
    var timeline = false

    /// - Throws: `Fault(.usage)` if two things would have to go to standard output.
    func style(output: String?) throws(Fault) -> Presenter.Style {
        switch (events, output == "-") {
        case (true, true): throw Fault(.usage, "--events and --output - both need standard output; leave one out.")
        case (true, false): .events
        case (false, true): .sound
        case (false, false): .text
        }
    }
}
