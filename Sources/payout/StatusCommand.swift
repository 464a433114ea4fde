import ArgumentParser
import Domain
import Pipeline

/// `payout status`.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Shows the open period, its feeds, holds by reason and age, balances, the inbox.",
    discussion: """
      Shows what the last run or close left, and what has changed since. Nothing is read in,
      changed or locked, so it may be asked at any time. status.json in the workspace says the
      same after each run and close.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var metrics: MetricsOptions

  @Option(help: "How the state is written: for people, or as schemas/status.schema.json says.")
  var format = ReportFormat.text

  func run() throws {
    let begin = ContinuousClock.now
    do throws(RunFailure) {
      let root = try options.root()
      let report = try StatusPipeline(root: root).status()
      switch format {
      case .text: Terminal.data(report.text)
      case .json: Terminal.data(try report.json())
      }
      metrics.write("status", root: root, code: 0, since: begin)
    } catch {
      metrics.write("status", root: try? options.root(), code: error.code.rawValue, since: begin)
      Terminal.fail(error, FindingView(usesColor: Terminal.usesColor(options.color)))
    }
  }
}
