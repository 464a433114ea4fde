import ArgumentParser
import Domain
import Glibc
import Pipeline

/// `payout explain`.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Says what a finding code means and what to do about it.")

  @Argument(help: ArgumentHelp("A finding code like R203.", valueName: "code"))
  var id: String

  func run() throws {
    guard let code = FindingCode(rawValue: id.uppercased()) else {
      Terminal.fail(
        RunFailure(.noInput, "\(SafeText.shown(id)) is no finding code"),
        FindingText(usesColor: false))
    }
    let text = code.text
    Terminal.data(
      """
      \(code.rawValue) (\(code.severity.rawValue)): \(text.title)

      \(text.cause)

      Example:
      \(text.example.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))

      What to do:
      \(text.remedy)

      """)
  }
}
