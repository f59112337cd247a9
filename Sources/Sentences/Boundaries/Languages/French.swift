// SPDX-License-Identifier: GPL-3.0-or-later

extension LanguageWords {
    static let french = LanguageWords(
        prefixes: """
            m mm mme mmes mlle mlles dr drs me mgr pr st ste ex p.ex c.-à-d c.à.d cf env boul av apr av.j.-c
            """,
        abbreviations: """
            etc janv févr avr juil sept oct nov déc lun mar mer jeu ven sam dim j.-c ltd cie sté hab min max tél fig éd
            coll s.a n.b p.s
            """,
        beforeNumbers: "no n° nos art chap p pp vol t fig al",
        starters: """
            le la les l un une des ce cet cette ces c il elle ils elles on nous vous je j tu qui que quoi quand où
            comment pourquoi et mais ou donc or ni car en dans sur sous avec sans pour par puis ensuite enfin
            aujourd hier demain ici là voici voilà si comme lorsque alors cependant ainsi après avant depuis mon ma mes
            son sa ses notre nos votre vos leur leurs tout tous toute toutes est y n d s qu
            """)
}
