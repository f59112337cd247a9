// SPDX-License-Identifier: GPL-3.0-or-later

extension Section {
    static let wyoming = Section(
        "wyoming",
        "What Home Assistant can use over the Wyoming protocol (docs/home.md). It has no password: all but loopback "
            + "addresses need server.allowed_networks.",
        [
            Field(
                "satellite", \.wyoming.satellite, .optional(.endpoint, none: ""),
                "Address for announcements that are sent as sound, such as 0.0.0.0:10400; \"\" turns this off"),
            Field(
                "tts", \.wyoming.speech, .optional(.endpoint, none: ""),
                "Address for programs that want the sound of a text, such as 0.0.0.0:10401; \"\" turns this off"),
            Field(
                "handle", \.wyoming.conversation, .optional(.endpoint, none: ""),
                "Address for questions to the model, which may be that of tts; \"\" turns this off"),
            Field(
                "speak_answers", \.wyoming.speaksAnswers, .flag,
                "Whether answers to these questions are also spoken here"),
        ])
}
