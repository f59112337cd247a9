// SPDX-License-Identifier: GPL-3.0-or-later

extension LanguageWords {
    static let english = LanguageWords(
        prefixes: """
            mr mrs ms mx messrs mmes dr drs prof profs rev fr hon pres gov sen rep reps sens capt cpt col gen lt sgt maj
            cmdr adm atty supt brig cpl pvt insp vs v cf ca approx viz e.g i.e f.e al resp esp incl excl
            p.s n.b def
            """,
        abbreviations: """
            etc inc ltd co corp jr sr bros plc dept est assn univ ave blvd rd hwy pl sq apt bldg ste ph.d m.d b.a m.a
            b.sc m.sc u.s u.k u.n e.u u.s.a a.m p.m d.c a.d b.c c.e b.c.e p.o i.v jan feb mar apr jun jul aug sep sept
            oct nov dec tue tues thu thurs fri min max avg temp misc tel ext med btw ind mich calif conn fla minn okla penn
            tenn tex wis wyo ariz colo st mt ft
            """,
        beforeNumbers:
            "mon wed sat sun no nos p pp vol vols ch chap fig figs sec art arts eq eqs ver para paras ex n° nr rs op ed bk pt",
        starters: """
            the a an this that these those he she it we you they i there here what when where who whom whose why how
            which did do does is are was were will would can could should shall may might must has have had in on at if
            but and or so then however after before while as because although since though unless until once please my
            your his her its our their some many most several both all no yes not let lets one two three each every
            another other others for from to with without by next first second finally also meanwhile now today
            tomorrow yesterday later just even still only don didn doesn isn wasn aren won can't couldn
            """,
        timesOfDay: "a.m p.m",
        timePrepositions: "at on by in from around until till after before since about every by")
}
