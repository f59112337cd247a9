// SPDX-License-Identifier: GPL-3.0-or-later

extension LanguageRules {
    static let english = LanguageRules(
        prefixes: """
            mr mrs ms messrs mmes dr prof rev hon pres gov sen rep capt cpt col gen lt sgt maj cmdr adm atty supt
            st mt ft vs v e.g i.e viz cf ca approx resp al
            """,
        abbreviations: """
            etc inc ltd co corp jr sr bros dept est assn univ ave blvd rd hwy pl sq apt ph.d m.d b.a m.a u.s u.k u.n
            e.u u.s.a a.m p.m d.c a.d b.c jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs
            fri sat sun min max avg misc esp tel
            """,
        beforeNumbers: "no nos p pp vol vols ch fig figs sec art eq ver v para ex n° nr",
        starters: """
            the a an this that these those he she it we you they i there here what when where who why how which did do
            does is are was were will would can could should has have had in on at if but and or so then however after
            before while as because although since please my your his her its our their some many most all no yes not
            let one each every another for from to with by next first also finally meanwhile now today yesterday
            tomorrow
            """)
}
