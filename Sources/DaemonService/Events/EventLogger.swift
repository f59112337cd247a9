// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
package import Logging
import Pipeline
import Utterance

/// Logs what the device does, but never what was asked or said.
package struct EventLogger: Sendable {
    private let logger: Logger

    package init(_ logger: Logger) {
        self.logger = logger
    }

    package func note(_ event: DeviceEvent) {
        switch event {
        case .queued(let queued):
            logger.debug(
                "A request was taken.",
                metadata: [
                    "answer": "\(queued.answer)", "priority": "\(queued.priority.rawValue)", "ahead": "\(queued.ahead)",
                ])
        case .refused(let refused):
            logger.info(
                "An announcement was not said.",
                metadata: ["code": "\(refused.code)", "priority": "\(refused.priority.rawValue)"])
        case .controls:
            logger.info("The controls were changed.")
        case .speaker(let speaker): note(speaker)
        case .answer(let event): note(event)
        case .missed, .other: break
        }
    }

    private func note(_ speaker: Speaker) {
        if let trouble = speaker.trouble {
            logger.warning("\(trouble.message)", metadata: ["code": "\(trouble.code)"])
        } else if speaker.state == .audible {
            logger.notice("The speaker can be heard.", metadata: ["device": "\(speaker.device)"])
        }
    }

    private func note(_ event: Event) {
        switch event.kind {
        case .finished(let summary): logger.info("An answer was heard.", metadata: figures(summary, event))
        case .stopped(let summary): logger.info("An answer was stopped.", metadata: figures(summary, event))
        case .failed(let fault, let summary):
            var metadata = figures(summary, event)
            metadata["code"] = "\(fault.code.rawValue)"
            logger.warning("An answer failed: \(fault.message)", metadata: metadata)
        case .notice(let notice):
            // Who owns the device wants to know at once what keeps it silent.
            let isFault = ["device_", "model_server_"].contains(where: notice.code.hasPrefix)
            let level: Logger.Level = isFault ? .warning : .info
            logger.log(
                level: level,
                "\(notice.message)", metadata: ["answer": "\(event.answer)", "code": "\(notice.code)"])
        case .underrun:
            logger.warning(
                "The device ran out of sound although sound was ready.", metadata: ["answer": "\(event.answer)"])
        default: break
        }
    }

    private func figures(_ summary: Event.Summary, _ event: Event) -> Logger.Metadata {
        var figures: Logger.Metadata = [
            "answer": "\(event.answer)", "sound_ms": "\(Int(summary.sound.inMilliseconds))",
            "total_ms": "\(Int(summary.total.inMilliseconds))",
        ]
        if let first = summary.firstSound { figures["first_sound_ms"] = "\(Int(first.inMilliseconds))" }
        if let tokens = summary.outputTokens { figures["tokens"] = "\(tokens)" }
        return figures
    }
}
