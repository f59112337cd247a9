// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// What the status line says, in the language of the locale.
struct StatusText {
    var words = Bilingual.ofLocale

    /// - Parameter awaited: a model's name, or one of `names`.
    func waiting(for awaited: String) -> String {
        words("Waiting for the first word of \(awaited)", "正在等待\(chinese(awaited))的第一个词")
    }

    func thinking(_ awaited: String) -> String {
        words("\(awaited) is thinking", "\(chinese(awaited).drop { $0 == " " })正在思考")
    }

    var daemon: String { words("Waiting for the daemon", "正在等待守护进程") }

    /// - Parameter ahead: how many answers will speak first.
    func turn(behind ahead: Int) -> String {
        words(
            "Waiting in the queue behind \(ahead == 1 ? "another answer" : "\(ahead) answers")",
            "正在排队，前面还有 \(ahead) 个回答")
    }

    /// Adds how long the wait has lasted.
    func counted(_ what: String, _ elapsed: Duration) -> String {
        words("\(what), \(Int(elapsed.inSeconds)) s", "\(what)，\(Int(elapsed.inSeconds)) 秒")
    }

    /// Adds how to end the wait.
    func stoppable(_ what: String) -> String {
        words("\(what) (Ctrl-C stops)", "\(what)（Ctrl-C 停止）")
    }

    /// As much as fits in one row of the terminal.
    ///
    /// - Parameter index: the piece being heard, from 0.
    func speaking(_ index: Int, of pieces: Int, columns: Int) -> String {
        let place = words("Speaking \(index + 1) of \(pieces)", "正在朗读 \(index + 1)/\(pieces)")
        let stop = words("Ctrl-C stops", "Ctrl-C 停止")
        let next = words("Enter asks the next question, ", "回车问下一个问题，")
        return ["\(place) – \(next)\(stop)", "\(place) – \(stop)"].first { $0.columns < columns } ?? place
    }

    /// What can be awaited other than a model with a name.
    private static let names = ["the model": "模型", "the voice": "声音", "standard input": "标准输入"]

    private func chinese(_ awaited: String) -> String { Self.names[awaited] ?? " \(awaited) " }
}
