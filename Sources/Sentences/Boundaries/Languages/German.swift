// SPDX-License-Identifier: GPL-3.0-or-later

extension LanguageRules {
    static let german = LanguageRules(
        prefixes:
            "dr prof hr fr frl dipl ing st z.b d.h u.a i.d.r bzw vgl ca sog inkl exkl evtl ggf z.t u.u o.ä mio mrd",
        abbreviations:
            "usw etc bsp nr str abs jh jan feb mär apr jun jul aug sep sept okt nov dez mo di mi do fr sa so",
        beforeNumbers: "nr art abs s bd kap",
        starters: """
            der die das ein eine er sie es wir ihr ich du in im am an auf aus bei mit nach seit von vor zu zum zur was
            wann wer wie wo warum und aber oder doch dann danach dort hier heute morgen gestern diese dieser dieses
            wenn weil ob als nun so auch nicht kein keine man bitte danke ja nein
            """,
        months: """
            januar februar märz april mai juni juli august september oktober november dezember jan feb mär apr jun jul
            aug sep sept okt nov dez
            """,
        hasOrdinalStops: true,
        beforeOrdinals: """
            der die das dem den des am im vom zum zur beim ein eine einen einem einer seit bis ab ihr ihre ihren sein
            seine seinen jeder jede jedes jeden mein meine meinen unser unsere unseren dieser diese dieses
            """)
}
