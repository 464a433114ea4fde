import ArgumentParser
import Domain
import Glibc
import Pipeline

/// `payout explain`.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Says why: of an earning, partner, payment, feed or finding code.",
    discussion: """
      Draws the period again in memory, for the one partner, and shows every step down to feed,
      line and byte. Nothing in the workspace changes, and a run may go on meanwhile. An id that
      means several things is explained as each of them. Exit code 66: it means nothing known;
      the nearest known ones are named.
      """)

  @OptionGroup var options: CommonOptions

  @Argument(
    help: ArgumentHelp(
      "An earningId, participantId, paymentId, feed (name, feedId or digest) or code.",
      valueName: "id"))
  var id: String

  @Option(
    help: ArgumentHelp("Of a partner: the period; otherwise the open one.", valueName: "period"))
  var period: String?

  @Option(
    help: ArgumentHelp(
      "The clock for the open period; otherwise its last day.", valueName: "date"))
  var asOf: String?

  @Option(help: "Text for people, or JSON by schemas/explanation.schema.json.")
  var format = DocumentFormat.text

  func validate() throws {
    if id.isEmpty { throw ValidationError("the id is empty") }
    try PeriodArgument.validate(period)
    if let asOf, DayText.plainDay(asOf) == nil {
      throw ValidationError("--as-of is a date like 2026-10-31, not \(SafeText.shown(asOf))")
    }
  }

  func run() throws {
    do throws(RunFailure) {
      var request = ExplainRequest(
        id: id, root: options.workspace ?? WorkspaceLocation.nearest())
      request.period = period.flatMap { Period($0) }
      request.asOf = asOf.flatMap { DayText.plainDay($0) }
      let explanation = try ExplainPipeline(request).run()
      switch format {
      case .text:
        Terminal.data(ExplainText(style: TextStyle(options.color)).render(explanation))
      case .json: Terminal.data(try explanation.json())
      }
    } catch {
      Terminal.fail(error, FindingView(usesColor: Terminal.usesColor(options.color)))
    }
  }
}

/// A period on the command line.
enum PeriodArgument {
  static func validate(_ text: String?) throws {
    guard let text, Period(text) == nil else { return }
    throw ValidationError("a period is a month like 2026-10, not \(SafeText.shown(text))")
  }
}
