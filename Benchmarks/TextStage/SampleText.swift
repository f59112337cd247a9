// SPDX-License-Identifier: GPL-3.0-or-later

/// The kinds of text that the text stage is measured with. Each is generated, the same every time.
enum SampleText: String, CaseIterable {
    /// Prose as in an encyclopedia or an answer: some sentences hold figures and abbreviations.
    case english
    /// The same in tokens of four characters, as a model sends it.
    case englishTokens = "english-tokens"
    case chinese
    /// An answer with headings, lists, emphasis, links, code and a table.
    case markdown
    /// Words and commas without an end.
    case noTerminator = "no-terminator"
    /// Abbreviations after which the sentence goes on.
    case abbreviations
    /// Abbreviations that may end a sentence too, and initials.
    case mixedAbbreviations = "mixed-abbreviations"
    case figures
    case stars
    case brackets
    /// What is meant for a terminal, formulas, tags and escapes that never end, and digits with what joins them.
    case escapes
    case dollars
    case angles
    case backslashes
    case joinedDigits = "joined-digits"

    /// About `bytes` bytes of it, as they come from a file or a model.
    func fragments(bytes: Int) -> [String] {
        switch self {
        case .english: Self.shuffled(Self.englishSentences, joinedBy: " ", bytes).cut(every: 4_096)
        case .englishTokens: Self.shuffled(Self.englishSentences, joinedBy: " ", bytes).cut(every: 4)
        case .chinese: Self.shuffled(Self.chineseSentences, joinedBy: "", bytes).cut(every: 4_096)
        case .markdown: Self.repeated(Self.markdownAnswer, bytes).cut(every: 4_096)
        case .noTerminator:
            Self.repeated("words and more words that go on and on, with a comma now and then but ", bytes).cut(
                every: 4_096)
        case .abbreviations: Self.repeated("Dr. Mr. e.g. ", bytes).cut(every: 4_096)
        case .mixedAbbreviations:
            Self.repeated("Dr. Mr. e.g. i.e. U.S. St. No. 5 vs. etc. a.m. Prof. ", bytes).cut(every: 4_096)
        case .figures: Self.repeated(Self.figureSentences, bytes).cut(every: 4_096)
        case .stars: Self.repeated("*", bytes).cut(every: 4_096)
        case .brackets: Self.repeated("[", bytes).cut(every: 4_096)
        case .escapes: Self.repeated("a\u{1B}[1D\u{1B}[K\u{1B}]", bytes).cut(every: 4_096)
        case .dollars: Self.repeated("$", bytes).cut(every: 4_096)
        case .angles: Self.repeated("<a ", bytes).cut(every: 4_096)
        case .backslashes: Self.repeated("\\(", bytes).cut(every: 4_096)
        case .joinedDigits: Self.repeated("1-2/3:4", bytes).cut(every: 4_096)
        }
    }

    private static func repeated(_ text: String, _ bytes: Int) -> String {
        String(repeating: text, count: bytes / text.utf8.count + 1)
    }

    /// Sentences in an order that only looks like chance, in paragraphs of five.
    private static func shuffled(_ sentences: [String], joinedBy separator: String, _ bytes: Int) -> String {
        var text = ""
        text.reserveCapacity(bytes + 1_000)
        var state: UInt64 = 42
        var count = 0
        while text.utf8.count < bytes {
            // Knuth's MMIX.
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            text += sentences[Int(state >> 33) % sentences.count]
            count += 1
            text += count % 5 == 0 ? "\n\n" : separator
        }
        return text
    }

    private static let englishSentences = [
        "The James Webb Space Telescope, launched in December 2021, is the largest optical telescope in space.",
        "Its high resolution and sensitivity allow it to view objects too old, distant, or faint for the Hubble telescope.",
        "Dr. Smith said that the results, which were published in Vol. 3 of the journal, surprised everyone at the U.S. agency.",
        "She paused for a moment and looked out of the window, where the rain had finally stopped.",
        "A healthy adult needs about seven to nine hours of sleep each night.",
        "Many people find it easier to keep a new habit when they tie it to something that they already do every day.",
        "The price rose from $29.95 to about $34 in just two weeks, an increase of 13.5%.",
        "\"I don't know,\" he answered, \"but we could ask the people who live next door.\"",
        "Water boils at 100 °C at sea level, but at a lower temperature in the mountains.",
        "If the dough feels too sticky, add a little more flour; if it feels too dry, add a spoonful of water.",
        "The committee will meet again next Thursday at 10:30 a.m. to discuss the remaining questions.",
        "That's why it's important to read the instructions carefully before you begin.",
        "In 1969, Neil Armstrong became the first person to walk on the Moon.",
        "The old library, built of grey stone and covered with ivy, stood at the end of a quiet street.",
        "Photosynthesis is the process by which plants turn light, water and carbon dioxide into sugar and oxygen.",
        "What would happen if everyone in the world jumped at the same time?",
        "Not much, as it turns out: the Earth is far too heavy to notice.",
        "Prices, e.g. for fruit and vegetables, depend on the season and on the weather.",
        "He had never seen anything like it before, and he was not sure whether he wanted to see it again.",
        "The train leaves every 20 minutes and takes about 45 minutes to reach the airport.",
        "Good writing is clear, honest and short enough to be read to the end.",
        "The river flows through four countries before it reaches the sea.",
        "You can start with small steps, such as taking a walk after lunch or calling an old friend.",
        "Mr. and Mrs. Jones moved to St. Louis in the spring of 1998, when their children were still young.",
        "Sure, here is a simple explanation!",
        "The engine is quieter than the old one, and it uses far less fuel on long journeys.",
        "Most of the world's languages have no written form, and many of them will disappear within this century.",
        "To sum up, the first option is cheaper, while the second one is easier to use.",
        "Scientists are still debating how the birds find their way across the ocean without getting lost.",
        "Let me know if you would like more details about any of these points.",
    ]

    private static let chineseSentences = [
        "詹姆斯·韦伯空间望远镜于2021年12月发射，是目前太空中最大的光学望远镜。", "它的分辨率和灵敏度都很高，可以看到更古老、更遥远的天体。",
        "一个健康的成年人每天晚上大约需要七到九个小时的睡眠。", "她停了一会儿，望着窗外，雨终于停了。", "如果面团太粘，就再加一点面粉；如果太干，就加一勺水。",
        "“我不知道，”他回答说，“但是我们可以问问住在隔壁的人。”", "价格在两周内从29.95元涨到了34元左右，涨幅为13.5%。", "水在海平面的沸点是100℃，在高山上则要低一些。",
        "很多人发现，把新习惯和每天已经在做的事情联系在一起，就更容易坚持下来。", "这座老图书馆用灰色的石头建成，墙上爬满了常春藤，静静地立在街道的尽头。", "光合作用是植物把光、水和二氧化碳转化为糖和氧气的过程。",
        "如果全世界的人同时跳起来，会发生什么呢？", "其实不会发生什么：地球太重了，根本感觉不到。", "银行的工作人员告诉我们，办理这项业务需要带上身份证和银行卡。", "这条河流经四个国家，最后流入大海。",
        "火车每20分钟一班，到机场大约需要45分钟。", "你可以从小事做起，比如午饭后散散步，或者给老朋友打个电话。", "好的文章应该清楚、真诚，而且短得让人愿意读完。",
        "当然可以，下面是一个简单的解释！", "总的来说，第一种方案比较便宜，第二种方案用起来更方便。", "科学家们还在讨论，鸟儿是怎样飞越大洋而不迷路的。", "世界上大多数语言没有文字，其中许多将在本世纪内消失。",
        "我推荐你使用Python来处理这些数据，因为它简单易学。", "如果你还想了解更多细节，请随时告诉我。",
    ]

    private static let figureSentences = """
        The score was 3 to 2 after 90 minutes. It costs $1,299.99, i.e. €1,199. On 2024-05-03 at 10:05, version 2.0.1 \
        came out. About 45% of 3/4 of 1,000,000 is 337,500. The speed was 120 km/h at 25 °C. Call 555-123-4567 before \
        5 p.m. In the 1990s, 10–15 people ran 42.195 km. \

        """

    private static let markdownAnswer = """
        ## How to bake bread

        Baking bread is **easier** than most people *think*. Here are the [basic steps](https://example.com/bread):

        1. **Mix** the flour, the water and the `yeast`.
        2. Knead the dough for ten minutes.
        3. Let it rest for about an hour, until it has doubled.

        - Flour
        - Two eggs
        - A pinch of salt

        ```python
        def bake(minutes):
            print("Baking...", minutes)
        ```

        | Step | Minutes |
        |------|---------|
        | Mix  | 5       |
        | Bake | 40      |

        See https://www.example.com/more for details 😀. The formula is $E = mc^2$, by the way. Enjoy your meal!


        """
}

extension String {
    /// The text in fragments of about `size` bytes, each of whole characters.
    fileprivate func cut(every size: Int) -> [String] {
        var fragments: [String] = []
        var rest = utf8[...]
        while !rest.isEmpty {
            var end = rest.index(rest.startIndex, offsetBy: size, limitedBy: rest.endIndex) ?? rest.endIndex
            while end < rest.endIndex, rest[end] & 0xC0 == 0x80 { rest.formIndex(after: &end) }
            fragments.append(String(rest[..<end]) ?? "")
            rest = rest[end...]
        }
        return fragments
    }
}
