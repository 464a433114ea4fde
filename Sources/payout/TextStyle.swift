/// How text for people looks on standard output: as wide as the terminal, bold only there.
struct TextStyle {
  let columns: Int
  let usesColor: Bool

  init(_ choice: ColorChoice) {
    columns = Terminal.columns()
    usesColor = Terminal.usesColor(choice, descriptor: 1)
  }

  func title(_ text: String) -> String {
    usesColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text
  }

  func heading(_ text: String) -> String {
    usesColor ? "\u{1B}[4m\(text)\u{1B}[0m" : text
  }
}
