import ArgumentParser
import Domain
import Glibc
import Pipeline

/// `payout statement`.
struct StatementCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statement",
    abstract: "Shows the statement of a partner in the terminal.",
    discussion: """
      Drawn again in memory by the code that writes statements; nothing in the workspace changes.
      As wide as the terminal, or as COLUMNS says; amounts have a point and no separators, so that
      they can be copied. Exit code 66: no such partner or period.
      """)

  @OptionGroup var options: CommonOptions

  @Argument(help: ArgumentHelp("A participantId.", valueName: "partner"))
  var partner: String

  @Argument(help: ArgumentHelp("Otherwise the open period.", valueName: "period"))
  var period: String?

  @Option(
    help: ArgumentHelp(
      "The clock for the open period; otherwise its last day.", valueName: "date"))
  var asOf: String?

  @Option(help: "Text for people, or JSON by schemas/statement.schema.json.")
  var format = DocumentFormat.text

  func validate() throws {
    if partner.isEmpty { throw ValidationError("the partner is empty") }
    try PeriodArgument.validate(period)
    if let asOf, DayText.plainDay(asOf) == nil {
      throw ValidationError("--as-of is a date like 2026-10-31, not \(SafeText.shown(asOf))")
    }
  }

  func run() throws {
    do throws(RunFailure) {
      let statement = try StatementPipeline(
        root: try options.root(), participantId: partner, period: period.flatMap { Period($0) },
        asOf: asOf.flatMap { DayText.plainDay($0) }
      ).run()
      switch format {
      case .text:
        Terminal.data(StatementText(style: TextStyle(options.color)).render(statement))
      case .json: Terminal.data(try statement.json())
      }
    } catch {
      Terminal.fail(error, FindingView(usesColor: Terminal.usesColor(options.color)))
    }
  }
}
