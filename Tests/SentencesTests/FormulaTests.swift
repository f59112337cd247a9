// SPDX-License-Identifier: GPL-3.0-or-later
import Sentences
import Testing
import Utterance

/// Formulas in words.
@Suite struct FormulaTests {
    private func spoken(_ text: String, chunk: Int? = nil) -> String {
        pieces(text, chunk: chunk).map(\.spoken).joined(separator: " ")
    }

    @Test(
        "A formula is said in English words",
        arguments: [
            (#"$6x_1 + 4x_2 \leq 24$"#, "six x one plus four x two is at most twenty-four"),
            (#"$\frac{x+1}{x-1}$"#, "x plus one, over x minus one"),
            (
                #"$\sqrt[3]{8} = 2$ and $\int_0^1 f(x)\,dx$"#,
                "the cube root of eight equals two and the integral from zero to one of f of x d x"
            ),
            (
                #"$\sum_{i=1}^{n} i = \frac{n(n+1)}{2}$"#,
                "the sum from i equals one to n of i equals, n times the quantity n plus one, over two"
            ),
            (#"$A \cap B$, $A \cup B$, $x \notin S$"#, "A intersection B, A union B, x not in S"),
            (#"$x \in [0,2]$"#, "x in the interval zero, two"),
            (
                #"$E = mc^2$ and $10^{-3}$, $90^\circ$"#,
                "E equals m c squared and ten to the power of minus three, ninety degrees"
            ),
            (#"$x^2 - 5x + 6 = 0$"#, "x squared minus five x plus six equals zero"),
            (#"$\frac{1}{2}$ of it"#, "one half of it"), (#"$\frac{3}{4}$"#, "three quarters"),
            (#"$\frac12 + \frac{a}{b}$"#, "one half plus a over b"),
            (#"$(a+b)^2$"#, "the quantity a plus b, squared"),
            (#"$2(x+3) = 10$"#, "two times the quantity x plus three, equals ten"),
            (#"$\lim_{x \to 0} \frac{\sin x}{x} = 1$"#, "the limit as x goes to zero of, sine x, over x equals one"),
            (#"$\log_2 8 = 3$"#, "log base two of eight equals three"),
            (#"$|x-1| < 2$"#, "the absolute value of x minus one, is less than two"),
            (#"$f'(x) = 2x$"#, "f prime of x equals two x"), (#"$\vec{v} \cdot \vec{w}$"#, "vector v times vector w"),
            (#"$\alpha + \beta = \pi$"#, "alpha plus beta equals pi"),
            (#"$n! \geq 2^n$"#, "n factorial is at least two to the power of n"),
            (#"$\binom{n}{k}$"#, "n choose k"), (#"$a_{n+1} = a_n + d$"#, "a sub n plus one, equals a n plus d"),
            (#"$0 \leq x \leq 1$"#, "zero is at most x, which is at most one"),
            (#"$\frac{dy}{dx} = ky$"#, "d y by d x equals k y"),
            (#"$v_{\text{max}} = 3.5$"#, "v max equals three point five"),
            (#"$\{1, 2, 3\}$"#, "the set one, two, three"),
            (#"$\sin^2 x + \cos^2 x = 1$"#, "sine squared x plus cosine squared x equals one"),
            (
                #"$x = \frac{-b \pm \sqrt{b^2-4ac}}{2a}$"#,
                "x equals, minus b plus or minus the square root of b squared minus four a c, over two a"
            ),
            (#"$∀x∈ℝ: x²≥0$"#, "for all x in R to x squared is at least zero"),
            (#"$2x+3$ it is."#, "two x plus three it is."), (#"$a < b$ here."#, "a is less than b here."),
        ])
    func english(text: String, expected: String) {
        for chunk in [nil, 1, 4] { #expect(spoken(text, chunk: chunk) == expected) }
    }

    @Test(
        "and in Chinese ones if the answer is Chinese",
        arguments: [
            (
                #"在 $\triangle OAC$ 中，$\angle OCA = 43^\circ, AC = 6 \text{ km}$。"#,
                "在 三角形O A C 中，角O C A等于四十三度，A C等于六公里。"
            ),
            (#"解方程 $x^2 - 5x + 6 = 0$。"#, "解方程 x的平方减五x加六等于零。"),
            (#"所以$\frac{1}{2}$是答案。"#, "所以二分之一是答案。"), (#"因为$\frac{x+1}{x-1}$大于零。"#, "因为x减一分之x加一大于零。"),
            (#"求$\sqrt{2}$的值。"#, "求根号二的值。"), (#"已知$a \leq b$。"#, "已知a小于等于b。"),
            (#"集合$A \cup B$。"#, "集合A并B。"), (#"面积是$\pi r^2$。"#, "面积是派r的平方。"),
            (#"计算$\sum_{i=1}^{n} i$。"#, "计算从i等于一到n求和，i。"), (#"计算$\int_0^1 x\,dx$。"#, "计算从零到一积分，x d x。"),
            (#"其中$x_1 = 3.14$。"#, "其中x一等于三点一四。"), (#"因此$2^{10} = 1024$。"#, "因此二的十次方等于一千零二十四。"),
        ])
    func chinese(text: String, expected: String) {
        for chunk in [nil, 1, 4] {
            #expect(spoken(text, chunk: chunk).replacing("义", with: "一") == expected)
        }
    }

    @Test(
        "A formula that can't be read is called one, once",
        arguments: [
            (#"It is $\unknown{x} + \foo{y}$ here."#, "It is a formula here."),
            (#"See $$\begin{tikzpicture} \draw (0,0); \end{tikzpicture}$$ now."#, "See a formula now."),
            (#"这是 $\xyz{a}$。"#, "这是 一个公式。"), (#"Take $\frac{a}{b$ then."#, "Take a formula then."),
            (#"So \(\weird\) it is."#, "So a formula it is."),
            (#"$\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$ is it."#, "a formula is it."),
        ])
    func unreadable(text: String, expected: String) {
        for chunk in [nil, 1, 4] { #expect(spoken(text, chunk: chunk).replacing("仪", with: "一") == expected) }
    }

    @Test(
        "Deep and broken formulas terminate",
        arguments: ["{", "\\frac", "^", "_", "\\sqrt{", "|", "(", "\\left(", "}", "\\begin{a}"])
    func hostile(unit: String) {
        let text = "A $x=" + String(repeating: unit, count: 100) + "$ b."
        #expect(!pieces(text).isEmpty)
        #expect(!pieces("A \\[x=" + String(repeating: unit, count: 1_000) + "\\] b.").isEmpty)
    }
}
